# watch: files that are written, moved, changed, deleted, in folders old and
# new; a queue that runs over; another writer; a signal.
dir=$(mktemp -d) || exit 1
pid=
trap '[ -n "$pid" ] && kill -KILL $pid 2>/dev/null; rm -r "$dir"' EXIT
cd "$dir" || exit 1
line() { printf '{"id":"%s","title":"%s","body":"Gas rose.","source":"Wire","lang":"en"}\n' "$1" "$2"; }
titles() { lede-search -i news.lede --format json gas 2>&1 | sed -n 's/.*"title":"\([^"]*\)".*"path":"\([^"]*\)".*/\1 (\2)/p' | sed "s#$dir/##" | sort | paste -sd, -; }
# Waits until the index says it, at most 20 seconds.
until_titles() {
    local i
    for ((i = 0; i < 200; i++)); do
        [ "$(titles)" = "$1" ] && { echo "$2: $1"; return; }
        sleep 0.1
    done
    echo "$2: $(titles), expected $1"; cat err; exit 1
}
mkdir -p news/old
line 1 One >news/old/1.jsonl
lede-index -i news.lede watch news >out 2>err &
pid=$!
until_titles 'One (news/old/1.jsonl)' 'there at the start'
line 2 Two >news/2.jsonl
until_titles 'One (news/old/1.jsonl),Two (news/2.jsonl)' 'written'
mkdir -p news/new/deep; line 3 Three >news/new/deep/3.jsonl
line 9 Nine >.9; mv .9 news/new/.9; line 9 Nine >news/new/9.jsonl~
until_titles 'One (news/old/1.jsonl),Three (news/new/deep/3.jsonl),Two (news/2.jsonl)' 'in a new folder'
line 4 Four >elsewhere.jsonl; mv elsewhere.jsonl news/new/deep/4.jsonl; rm news/2.jsonl
until_titles 'Four (news/new/deep/4.jsonl),One (news/old/1.jsonl),Three (news/new/deep/3.jsonl)' 'moved in, and deleted'
mv news/new news/newer
until_titles 'Four (news/newer/deep/4.jsonl),One (news/old/1.jsonl),Three (news/newer/deep/3.jsonl)' 'a folder renamed'
line 8 Eight >begun; ln begun news/8.jsonl; rm begun
until_titles 'Eight (news/8.jsonl),Four (news/newer/deep/4.jsonl),One (news/old/1.jsonl),Three (news/newer/deep/3.jsonl)' 'linked there'
line 5 Five >news/newer/deep/4.jsonl; rm -r news/old news/8.jsonl
until_titles 'Five (news/newer/deep/4.jsonl),Three (news/newer/deep/3.jsonl)' 'changed there, and a folder deleted'
kill -STOP $pid
events=$(cat /proc/sys/fs/inotify/max_queued_events)
for ((i = 0; i < events / 2 + 100; i++)); do : >news/.a; : >news/.b; done
line 6 Six >news/6.jsonl
kill -CONT $pid
until_titles 'Five (news/newer/deep/4.jsonl),Six (news/6.jsonl),Three (news/newer/deep/3.jsonl)' 'more than the queue holds'
exec 9<>news.lede/LOCK; flock 9
line 7 Seven >news/newer/7.jsonl
for ((i = 0; i < 100; i++)); do grep -q 'another process\|is writing' err && break; sleep 0.1; done
grep -c 'writing this index' err
flock -u 9; exec 9>&-
until_titles 'Five (news/newer/deep/4.jsonl),Seven (news/newer/7.jsonl),Six (news/6.jsonl),Three (news/newer/deep/3.jsonl)' 'after another writer'
kill -TERM $pid; wait $pid; echo "exit $?"; pid=
sed "s#$dir#DIR#" err | grep -v 'writing this index' | grep .
head -n 2 out
lede-index -i news.lede verify | sed 's/[0-9]* articles* in [0-9]* segments*/N articles in N segments/'
lede-index -i news.lede watch --once-idle 1 --json news; echo "exit $?"
lede-index -i news.lede watch nowhere 2>&1; echo "exit $?"
lede-index -i news.lede watch news/6.jsonl 2>&1; echo "exit $?"
mkdir up; mv news up/news
( sleep 1.5; mv up up2; line 10 Ten >>up2/news/6.jsonl ) &
timeout 20 lede-index -i news.lede watch up/news 2>&1 | sed "s#$dir#DIR#" | tail -n 1; echo "exit ${PIPESTATUS[0]}"
mv up2/news news
( sleep 1.5; rm -r news ) &
timeout 20 lede-index -i news.lede watch news 2>&1 | sed "s#$dir#DIR#" | tail -n 1; echo "exit ${PIPESTATUS[0]}"
