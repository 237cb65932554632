# ranking.sh -- the order of the hits on three collections with judgements:
# mean average precision may not fall under what plain BM25 with English
# stems reaches.  Skipped where the collections are not there.
cd "$(dirname "$0")/../.." || exit 1
collections=$LEDE_SHARED/data/collections
evaluate=$LEDE_SHARED/tools/eval_ranking.py
bin=build/release/bin
[ "${LEDE_MODE:-}" = coverage ] && bin=build/coverage/bin
[ -d "$collections" ] && [ -e "$evaluate" ] ||
    { echo "no collections in $LEDE_SHARED/data"; exit 77; }
command -v python3 > /dev/null || { echo "the evaluator wants python3"; exit 77; }
work=$(mktemp -d /tmp/lede-ranking-XXXXXX)
trap 'rm -rf "$work"' EXIT
bad=0

# judge NAME LEAST: one collection, and the least MAP.
judge() {
    mkdir "$work/$1"
    tar -xJf "$collections/$1.tar.xz" -C "$work/$1" || return 1
    local data
    data=$(dirname "$(find "$work/$1" -name docs.jsonl)")
    $bin/lede-index -i "$work/$1/index" add --lang en "$data/docs.jsonl" \
        > "$work/report" 2>&1 || { cat "$work/report"; return 1; }
    $bin/lede-search -i "$work/$1/index" --batch "$data/queries.tsv" \
        --format trec > "$work/$1/run" || return 1
    python3 "$evaluate" "$data/qrels.txt" "$work/$1/run" > "$work/scores"
    cat "$work/scores"
    map_of < "$work/scores" | awk -v name="$1" -v least="$2" '
        { good = $1 >= least }
        END { if (!good) print name ": MAP is under " least; exit !good }'
}

# The second line is: run, MAP, and more.
map_of() { awk 'NR == 2 { print $2 }'; }

judge time .675 || bad=1
judge cranfield .300 || bad=1
judge cacm .360 || bad=1
exit $bad

