# A bad line, a missing file and a packed folder cost a line each; the rest is
# taken.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
printf '%s\n' '{"id":"1","title":"Gas","body":"Gas rose.","source":"Wire"}' \
    '{"id": bad' '{"id":"2","title":"Oil","body":"Oil fell.","source":"Wire"}' >news.jsonl
printf 'PK\003\004' >news.zip
lede-index -i packed.lede add --from jsonl news.zip 2>&1
lede-index -i packed.lede add --from text - <news.zip 2>&1
lede-index -i news.lede add news.jsonl "$(printf 'not\033[31mhere.jsonl')" 2>&1
