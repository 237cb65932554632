# An index that lies in the folder that is indexed is not read.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
mkdir other
echo '{"id":"1","title":"Gas","body":"Gas rose.","source":"Wire"}' >news.jsonl
printf 'Lock\n\nA lock was opened on Monday.\n' >other/LOCK
for i in 1 2 3; do lede-index -i news.lede add . 2>&1; done
lede-index -i news.lede add news.lede 2>&1
