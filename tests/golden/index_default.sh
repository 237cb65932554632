# Which index: -i, else LEDE_INDEX, else XDG_DATA_HOME, else below HOME.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
export HOME=$dir/home
echo '{"id":"1","title":"Gas","body":"Gas rose.","source":"Wire"}' >news.jsonl
lede-index add news.jsonl
XDG_DATA_HOME=$dir/data lede-index add news.jsonl
LEDE_INDEX=$dir/named lede-index add news.jsonl
LEDE_INDEX=$dir/named lede-index -i given add news.jsonl
LEDE_INDEX=$dir/named lede-index add --index given news.jsonl
ls -d home/.local/share/lede/default/manifest-* data/lede/default/manifest-* \
    named/manifest-* given/manifest-*
env -u HOME lede-index stats 2>&1
