# A dry run prints what is read and writes nothing.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
printf '%s\n' '{"id":"1","title":"Gas","body":"Gas rose.\n\nSo.","source":"Wire","lang":"en"}' >news.jsonl
lede-index -i news.lede add --dry-run --dump jsonl news.jsonl 2>&1
printf '%s\n' '{"id":"2","body":"Ann Lee, the mayor, came. \"Gas is up,\" she said.","lang":"en"}' |
    lede-index -q -i news.lede add -n --dump quotes -
lede-index -i news.lede add -n - <news.jsonl
lede-index -i news.lede add -n --json news.jsonl
ls
