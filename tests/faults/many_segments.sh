# many_segments.sh -- an index of 100 commits, an article in each, finds what
# one big add finds: the same articles in the same order with the same
# scores, until something is deleted; then the same articles still.  Few file
# descriptors are enough, and the counts of all runs add up.
cd "$(dirname "$0")/../.." || exit 1
. tests/faults/faulty.bash
many=100
[ -n "${LEDE_TORTURE:-}" ] && many=1000
mkdir "$work/parts"
batch 0 $many 1 > "$work/all.jsonl"
split -l 1 -a 4 -d "$work/all.jsonl" "$work/parts/"
quiet() { "$bin/lede-index" -q -i "$1" "${@:2}" || { echo "failed: $*"; exit 1; }; }

quiet "$work/one" add "$work/all.jsonl"
for part in "$work"/parts/*; do
    quiet "$work/many" add --memory 32M "$part"
done

# compare FIELDS FILTER: of rank, score and id of every hit.
compare() {
    local query index
    while read -r -a query; do
        for index in one many; do
            "$bin/lede-search" -i "$work/$index" --format json -n 5000 \
                "${query[@]}" | sed -n 's/^{"type":"hit","v":1,"rank":\([0-9]*\),"score":\([^,]*\),"tier":[12],"id":"\([^"]*\)".*/\1 \2 \3/p' |
                cut -d' ' -f "$1" | $2 > "$work/$index.hits"
        done
        [ -s "$work/one.hits" ] ||
            { echo "${query[*]}: nothing found"; exit 1; }
        cmp "$work/one.hits" "$work/many.hits" ||
            { echo "${query[*]}: differs"; exit 1; }
    done <<- 'END'
	report
	storm market
	--any harbour strike
	title:bridge
	"council minister"
	report -title:storm
	source:Wire date:2024-01-05..2024-01-09
	--sort date verdict
	END
}
compare 1-3 cat

# New editions of every seventh, in their own segments; some deleted, and
# one of those is added again.
batch 0 $many 2 | awk 'NR % 7 == 1' > "$work/new.jsonl"
split -l 1 -a 4 -d "$work/new.jsonl" "$work/parts/new"
for part in "$work"/parts/new*; do
    quiet "$work/many" add --memory 32M "$part"
done
quiet "$work/one" add "$work/new.jsonl"
for index in one many; do
    quiet "$work/$index" rm a3 a50 a7
    quiet "$work/$index" add "$work/parts/0003"
done
compare 3 sort

(ulimit -n 32
 "$bin/lede-search" -i "$work/many" -c storm > /dev/null &&
 "$bin/lede-index" -i "$work/many" verify > /dev/null &&
 "$bin/lede-index" -q -i "$work/many" add "$work/parts/0050") ||
    { echo "32 files are not enough: $?"; exit 1; }

"$bin/lede-index" -i "$work/many" verify || exit 1
"$bin/lede-index" -i "$work/many" --json stats |
    grep -o '"readings":{[^}]*' | tr -c '0-9\n' ' ' > "$work/readings"
read -r seen added updated unchanged older rejected removed < "$work/readings"
echo "seen $seen, added $added, updated $updated, removed $removed"
[ "$seen" -eq $((added + updated + unchanged + older + rejected)) ] &&
    [ "$added" -eq $((many + 2)) ] && [ "$removed" -eq 3 ] &&
    [ "$updated" -eq "$(wc -l < "$work/new.jsonl")" ]
