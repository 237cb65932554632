# sync: new, changed, touched, reverted, renamed and vanished files; articles
# in two files; a disk that is not mounted.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
run() {
    echo "\$ lede-index $*"
    lede-index -i news.lede "$@" 2>&1 | sed "s#$dir#DIR#g"
    echo "exit ${PIPESTATUS[0]}"
}
# Files that are old enough for their times to be trusted.
age() { find news -type f -newermt 2021-01-01 -exec touch -d "2020-01-0$1 10:00" {} +; }
titles() { echo "# $(lede-search -i news.lede --format json gas 2>&1 | sed -n 's/.*"title":"\([^"]*\)".*"path":"\([^"]*\)".*/\1 (\2)/p' | sed "s#$dir/##" | sort | paste -sd, -)"; }
line() { printf '{"id":"%s","title":"%s","body":"Gas rose. %s","source":"Wire","lang":"en"}\n' "$1" "$2" "$3"; }
mkdir -p news/sub
line 1 One >news/a.jsonl
line 2 Two >>news/a.jsonl
line 3 Three >news/sub/b.jsonl
printf 'Four\n\nGas rose in the fourth text, and oil fell.\n' >news/four.txt
printf '{"id": bad\n' >news/bad.jsonl
age 1
run sync -n news
run sync news
run sync news
titles
echo '--- touched: the same contents'
touch -d '2020-02-01' news/a.jsonl
run sync news
run sync news | head -n 2
echo '--- changed: one article less, one more'
line 2 Two >news/a.jsonl; line 5 Five >>news/a.jsonl; age 2
run sync --json news
titles
echo '--- changed, and changed back'
line 3 Changed x >news/sub/b.jsonl; age 3
run sync news | sed -n 3p
line 3 Three >news/sub/b.jsonl; age 4
run sync news | sed -n 3p
titles
echo '--- an article in two files'
line 3 Three >news/c.jsonl; line 6 Six >>news/c.jsonl; age 5
run sync news | sed -n 3p
titles
rm news/sub/b.jsonl
run sync news | sed -n 2,3p
titles
echo '--- renamed'
mv news/c.jsonl news/d.jsonl
mv news/four.txt news/sub/4.txt
run sync news | sed -n 2,3p
titles
echo '--- the bad one is mended'
line 7 Seven >news/bad.jsonl; age 6
run sync news | sed -n 2,3p
run errors
echo '--- rejected as a whole, and not read again'
head -c 300 /dev/zero >news/zeros; age 6
run sync news
run sync news
run errors | sed 's/since .*)/since NOW)/'
rm news/zeros
run sync news | sed -n 2,3p
run errors
echo '--- times of 1970 and of the future are times too'
touch -d @0 news/a.jsonl; touch -d 2200-01-01 news/bad.jsonl
run sync news | head -n 2
mv news/a.jsonl .; head -c "$(stat -c %s a.jsonl)" /dev/zero >news/a.jsonl; touch -d @0 news/a.jsonl
run sync news | sed -n 2p
mv a.jsonl news
echo '--- left out by a pattern is not gone'
run sync --exclude '*.jsonl' news | sed -n 2,3p
echo '--- not mounted'
mv news elsewhere
run sync news
mkdir news
run sync news
rmdir news
run sync --force news
titles
mv elsewhere news
run sync news | sed -n 2,3p
run verify
echo '--- many gone'
for i in $(seq 25); do line m$i M$i >news/m$i.jsonl; done
age 7
run sync --since 2000 news | sed -n 2,3p
run sync news | sed -n 2,3p
run sync --reread news | sed -n 2,3p
rm news/m*.jsonl
run sync news
run sync --force news | sed -n 2,3p
run sync nowhere
run sync -
run sync
echo '--- named files that are gone, one and most'
mkdir named
for i in $(seq 25); do line n$i N$i >named/n$i.jsonl; done
find named -type f >list
run sync --files-from list | sed -n 2,3p
rm named/n1.jsonl
run sync --files-from list | sed -n 2,3p
(cd named && rm n2.jsonl && lede-index -i ../news.lede sync ./n2.jsonl ../named/./n3.jsonl | head -n 1)
mv named away
run sync --files-from list
mv away named
echo '--- a damaged ledger'
printf 'x' | dd of="$(ls news.lede/att-* | tail -n 1)" bs=1 seek=60 conv=notrunc status=none
run sync news | sed 's/att-[0-9a-f-]*/ATT/'
run sync --reread news named | sed -n 2,3p
run sync news named | sed -n 2,3p
