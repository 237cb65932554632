# Adding, adding again, changing, removing, adding back.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
run() { echo "\$ lede-index $*"; lede-index -i news.lede "$@" 2>&1; echo "exit $?"; }
cat >news.jsonl <<'END'
{"id":"1","title":"Gas prices","body":"Gas rose. Oil fell.\n\nUral stood.","source":"Wire","lang":"en","date":"2024-03-05"}
{"id":"2","title":"Der Preis","body":"Das Gas fiel.","source":"Draht","lang":"de","date":"2024-03-07T10:00:00Z"}
{"id":"3","url":"https://example.org/3.html","title":"...","body":"","source":"Wire"}
END
run add news.jsonl
run verify
run add news.jsonl
sed -i 's/Oil fell/Oil fell again/' news.jsonl
run add news.jsonl
sed -i 's/Oil fell again/Oil fell/' news.jsonl
run add --json news.jsonl
run rm --dry-run --source wire
run rm 2
run rm 2
run rm --url HTTPS://Example.org/3.html
run add news.jsonl
run stats | sed -E '/^bytes/s/[0-9,]+$/N/; s/^ +[0-9,]+  (terms|postings|positions|bounds|columns|store|live)$/N \1/'
run verify
run stats --json | sed -E 's/"bytes":\{[^}]*\}/"bytes":{}/'
