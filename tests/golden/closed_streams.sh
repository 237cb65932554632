# A closed standard stream costs what would be said there, and nothing else:
# no file of the index may get its number.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
export LEDE_INDEX=news.lede
printf '%s\n' '{"id":"1","title":"Gas","body":"Gas rose.","source":"Wire"}' \
    '{"id": bad' '{"id":"2","title":"Oil","body":"Oil fell.","source":"Wire"}' >news.jsonl
lede-index add news.jsonl 2>&-
echo $?
lede-index verify
lede-index add --source Wire - <&- 2>&1
lede-index add news.jsonl >&- 2>&- <&-
echo $?
lede-index verify
lede-search gas >&-
echo $?
lede-search '(gas' 2>&-
echo $?
[ -c /dev/full ] || exit 0
for command in 'lede-index -h' 'lede-index add -h' 'lede-index --version' \
    'lede-index stats' 'lede-search -h' 'lede-search --version'; do
    $command >/dev/full 2>said
    echo "$?: $(cat said)"
done
