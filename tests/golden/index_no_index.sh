# Folders that are no index: nothing is written there.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
mkdir other && touch other/letter.txt
try() { lede-index "$@" 2>&1; echo "exit $?"; }
printf '%s\n' '{"id":"1","title":"Gas","body":"Gas rose.","source":"Wire"}' >news.jsonl
try -i none stats
try -i none verify
try -i none rm 1
try -i other add news.jsonl
try -i other rm 1
try -i news.jsonl add news.jsonl
try -i news.jsonl stats
try -i news.jsonl/below stats
lede-search -i other gas 2>&1; echo "exit $?"
lede-search -i news.jsonl gas 2>&1; echo "exit $?"
lede-search -i none gas 2>&1; echo "exit $?"
ls other
ls
