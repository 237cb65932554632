# Another process writes the index.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
printf '%s\n' '{"id":"1","title":"Gas","body":"Gas rose.","source":"Wire"}' >news.jsonl
lede-index -i news.lede add -q news.jsonl || exit 1
flock news.lede/LOCK lede-index -i news.lede add news.jsonl 2>&1 |
    sed -E 's/process [0-9]+/process N/; s/since [^)]+/since T/'
exit "${PIPESTATUS[0]}"
