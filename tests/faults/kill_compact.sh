# kill_compact.sh -- kill -9 while an index of some segments, with updated and
# deleted articles, is compacted.
cd "$(dirname "$0")/../.." || exit 1
. tests/faults/faulty.bash
kills=${LEDE_KILLS:-25}
[ -n "${LEDE_TORTURE:-}" ] && kills=500
batch 0 300 1 > "$work/one.jsonl"
batch 250 400 2 > "$work/two.jsonl"
batch 400 500 1 > "$work/three.jsonl"
for part in one two three; do
    add "$work/first" "$work/$part.jsonl"
done > "$work/report" 2>&1 &&
    "$bin/lede-index" -q -i "$work/first" rm a7 a299 a450 ||
    { cat "$work/report"; exit 1; }
victim=(compact --memory "$memory")
done_says='^merged'
prepared 497 497
. tests/faults/kills.bash
