# Compacting: segments, deletions and updates; nothing to do; nothing left.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
run() { echo "\$ lede-index $*"; lede-index -i news.lede "$@" 2>&1 | sed -E 's/[0-9,]+ bytes, were [0-9,]+/N bytes, were N/; s/"(bytes|bytes_before)":[0-9]+/"\1":N/g'; echo "exit ${PIPESTATUS[0]}"; }
ask() { echo "\$ lede-search $*"; lede-search -i news.lede --format trec "$@"; }
cat >one.jsonl <<'END'
{"id":"1","title":"Gas prices","body":"Gas rose. Oil fell.\n\nUral stood.","source":"Wire","lang":"en","date":"2024-03-05"}
{"id":"2","title":"Der Preis","body":"Das Gas fiel.","source":"Draht","lang":"de","date":"2024-03-07T10:00:00Z"}
END
cat >two.jsonl <<'END'
{"id":"3","title":"Oil and gas","body":"Nothing of wheat.","source":"Wire","lang":"en"}
{"id":"1","title":"Gas prices","body":"Gas rose. Oil fell again.","source":"Wire","lang":"en","date":"2024-03-05"}
END
echo '{"id":"4","title":"Wheat","body":"Wheat rose.","source":"Fil","lang":"en"}' >three.jsonl
run compact
run add one.jsonl
run compact
run add two.jsonl
run add three.jsonl
run rm 4
ask gas
ask fell
run compact
run verify
ask gas
ask fell
ask wheat
ask Ural
run --json stats | sed -E 's/"bytes":\{[^}]*\}/"bytes":{}/'
# What was replaced does not come back; what was deleted may.
run add one.jsonl
run add three.jsonl
run add two.jsonl
run --json compact
run add one.jsonl
run rm --source wire
run rm --source draht
run rm 4
run compact --memory 32M
run verify
ask gas
run add one.jsonl
run compact
run compact more
run compact --memory 1M
