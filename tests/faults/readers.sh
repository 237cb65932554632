# readers.sh -- readers ask in a loop while a writer commits: every answer
# is that of one generation, whole, and none is an error.  The writer adds
# and removes one article at a time, so that the files of most commits are
# unlinked two commits later.
#
# Generation G holds a fixed set of articles, each with the word of its
# number; what a reader may see is computed before, by what the writer does.
cd "$(dirname "$0")/../.." || exit 1
. tests/faults/faulty.bash
commits=${LEDE_COMMITS:-80}
[ -n "${LEDE_TORTURE:-}" ] && commits=1000
trap 'touch "$work/stop"; wait; rm -rf "$work"' EXIT

# Article 0 stays; 1 to 8 come, are replaced, go, and come again.
article() {
    printf '{"id":"a%s","source":"Wire","lang":"en","title":"Report %s",' $1 $1
    printf '"body":"harbour council edition%s of report %s."}\n' $2 $1
}

# What a reader sees, of trec's columns: documents and scores.
look() { "$bin/lede-search" -i "$1" --format trec -n 100 report harbour; }

# change N DIR: the N-th commit.
change() {
    local id=$((($1 / 3) % 8 + 1))
    case $(($1 % 3)) in
    0|1) article $id $1 > "$work/one.jsonl"
         "$bin/lede-index" -q -i "$2" add --memory 32M "$work/one.jsonl" ;;
    2) "$bin/lede-index" -q -i "$2" rm a$id ;;
    esac
}

# First alone, to know each generation's answer; then again with readers.
article 0 0 > "$work/first.jsonl"
add "$work/alone" "$work/first.jsonl" > "$work/report" 2>&1 ||
    { cat "$work/report"; exit 1; }
cp -a "$work/alone" "$work/index"
mkdir "$work/states"
look "$work/alone" | md5sum >> "$work/known"
for ((n = 0; n < commits; n++)); do
    change $n "$work/alone" || { echo "commit $n failed"; exit 1; }
    look "$work/alone" | md5sum >> "$work/known"
done

# reader N: asks until told to stop; what is wrong goes to wrong.N.
reader() {
    local asked=0 status
    while ! [ -e "$work/stop" ]; do
        look "$work/index" > "$work/seen.$1" 2> "$work/said.$1"
        status=$?
        [ $status -eq 0 ] && ! [ -s "$work/said.$1" ] ||
            { echo "status $status: $(cat "$work/said.$1")"; }
        md5sum < "$work/seen.$1" >> "$work/sums.$1"
        if [ $((asked % 8)) -eq 0 ] && [ "$1" = 1 ]; then
            "$bin/lede-index" -i "$work/index" verify > "$work/verified" 2>&1 ||
                echo "verify: $(cat "$work/verified")"
            "$bin/lede-index" -i "$work/index" stats > "$work/verified" 2>&1 ||
                echo "stats: $(cat "$work/verified")"
        fi
        asked=$((asked + 1))
    done > "$work/wrong.$1"
}

for r in 1 2 3 4; do
    reader $r &
done
for ((n = 0; n < commits; n++)); do
    change $n "$work/index" || { echo "commit $n failed beside readers"; exit 1; }
done
touch "$work/stop"
wait

bad=0
cat "$work"/wrong.* > "$work/wrong"
[ -s "$work/wrong" ] && { head -n 5 "$work/wrong"; bad=1; }
sort -u "$work/known" > "$work/states/known"
cat "$work"/sums.* > "$work/sums"
sort -u "$work/sums" > "$work/states/seen"
mixed=$(comm -13 "$work/states/known" "$work/states/seen" | wc -l)
states=$(wc -l < "$work/states/seen")
echo "$(wc -l < "$work/sums") answers of $states states during $commits" \
    "commits, $mixed of none"
[ "$states" -gt 3 ] || { echo "too few states to mean anything"; exit 1; }
[ $bad -eq 0 ] && [ "$mixed" -eq 0 ]
