# The first signal stops at a safe point and commits; the same command goes on.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
mkfifo pipe
line() { echo "{\"id\":\"$1\",\"title\":\"Gas $1\",\"body\":\"Gas rose.\",\"source\":\"Wire\"}"; }
lede-index -i news.lede add --from jsonl - <pipe >out 2>err &
exec 3>pipe
for i in $(seq 2000); do line $i; done >&3
sleep 1
kill -TERM $!
( for i in $(seq 2001 2100); do line $i; done >&3 ) 2>/dev/null
exec 3>&-
wait $!
echo "exit $?"
[ "$(lede-index -i news.lede verify | cut -d' ' -f2-)" = 'articles in 1 segment: sound' ] && echo sound
grep -c 'articles committed. Run the same command to go on.' err
for i in $(seq 2100); do line $i; done | lede-index -i news.lede add --from jsonl - | grep -q 'updated 0 .*older 0 .*rejected 0' && echo goes on
lede-index -i news.lede stats | grep ^articles
