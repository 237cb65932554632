# The bar is one line of the terminal, however narrow, and is taken away.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
script -qec true /dev/null >/dev/null 2>&1 ||
    { echo "no script(1) to make a terminal"; exit 77; }
for i in $(seq 256); do
    echo "{\"title\":\"Gas\",\"body\":\"Gas rose.\",\"source\":\"Wire\",\"id\":\"$i\"}"
done >part.jsonl
# A file of its own: script(1) runs its command in $SHELL, whatever that is.
cat >run.sh <<'END'
stty cols "$1" rows 24
for i in 1 2 3; do cat part.jsonl; sleep 0.4; done |
    lede-index -i "$1.lede" add --from jsonl part.jsonl -
END
for columns in 200 100 80 60 40 20; do
    script -qec "bash run.sh $columns" seen >/dev/null
    tr '\r' '\n' <seen | sed -n 's/^\x1b\[K//p; s/█/#/g' | sed 's/█/#/g' >lines
    [ $columns = 200 ] && grep -qE '[0-9.]+ MB/s  [0-9,]+/[0-9,]+ MB  errors 0  ETA' lines && echo 'megabytes'
    grep -q ' ...* ETA' lines && echo "$columns columns: drawn"
    awk -v most=$columns '/ETA/ && length($0) >= most { print "too wide: " $0 }' lines
    tail -n 1 lines
done
