# Which files and articles are taken: lists, patterns, times, charsets, zones.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
mkdir -p news/2023 news/2024/drafts
line() { printf '{"id":"%s","title":"%s","body":"Gas rose.","source":"Wire","lang":"en","date":"%s"}\n' "$1" "$1" "$2"; }
line old 2023-12-31T23:59:59Z >news/2023/old.jsonl
{ line new 2024-01-01; line newer 2024-03-31T23:00:00Z; line late 2024-04-01; } >news/2024/new.jsonl
line draft 2024-02-01 >news/2024/drafts/draft.jsonl
echo '{"title":"undated","body":"Gas."}' >news/2024/undated.jsonl
dump() { echo "\$ add $*"; lede-index add -n --dump jsonl "$@" 2>&1 | sed -E 's/.*"title":"([^"]*)".*"date":"?([^",]*).*/\1 \2/'; }
dump news
dump --include '2024/*' news
dump --include '*.jsonl' --exclude drafts/ --exclude '2023/**' news
printf '%s\n' news/2023 nowhere news/2024/undated.jsonl >list
dump --files-from list
find news -name 'n*.jsonl' -print0 | dump --files-from - -0 news/2023
dump --since 2024 --until 2024-03 news
dump --exclude 'dr?ft.*' --include 'dr?fts/**' --include 'n?w.*' news
mkdir über; cp news/2023/old.jsonl über/o.jsonl
dump --include '?ber/*' .
dump --until 2023 news
lede-index -i a.lede add --since 2024-04-01 --json news
lede-index -i a.lede add --since 2024-04-01 news
lede-index -i a.lede verify
printf '\303\305\307\n\n2024-07-01 10:00\n\n\303\340\347\n' >page.txt
printf '{"title":"\307\340\347","body":"\307\340\347"}\n' >news/wire.jsonl
printf '[{"title":"\307\340\347",\n"body":"\307\340\347"}]\n' >news/list.json
dump --encoding cp1251 news/wire.jsonl news/list.json
dump --encoding utf-8 news/wire.jsonl
line zone '2024-07-01 10:00' >zone.jsonl
line zoned '2024-07-01 10:00 GMT' >>zone.jsonl
dump zone.jsonl
dump --tz +03:00 zone.jsonl
