# fail_calls.sh -- every call that changes the disk fails once, with EIO or
# ENOSPC, and some for ever after: `add` must say so and end with 5, or end
# with 0 and have done its work; the last commit stays.
cd "$(dirname "$0")/../.." || exit 1
. tests/faults/faulty.bash
prepare 200
most=${LEDE_FAILS:-150}
[ -n "${LEDE_TORTURE:-}" ] && most=100000
survived=0 tried=0 refused=0

# fail_at K ERRNO ALWAYS NAME
fail_at() {
    local acknowledged=0 status
    rm -rf "$work/index"
    cp -a "$work/first" "$work/index"
    (LEDE_FAIL_AT=$1 LEDE_FAIL_ERRNO=$2 LEDE_FAIL_ALWAYS=$3 LD_PRELOAD=$shim \
        exec "$bin/lede-index" -i "$work/index" add --memory "$memory" \
        "$work/two.jsonl") > "$work/report" 2>&1
    status=$?
    tried=$((tried + 1))
    [ $status -eq 0 ] && acknowledged=1
    [ $status -eq 5 ] && refused=$((refused + 1))
    if [ $status -ne 0 ] && [ $status -ne 5 ]; then
        echo "$4 at $1, errno $2: status $status: $(cat "$work/report")"
    elif [ $status -eq 5 ] && ! [ -s "$work/report" ]; then
        echo "$4 at $1, errno $2: failed without a word"
    elif [ $status -eq 0 ] && [ "$4" = fsync ] && [ "$1" -le "$durable" ]; then
        echo "fsync at $1, errno $2: acknowledged what may not be durable"
    elif sound "$work/index" $acknowledged > "$work/complaint"; then
        survived=$((survived + 1))
    else
        echo "$4 at $1, errno $2 (status $status): $(cat "$work/complaint")"
    fi
}

# The fsync that makes the commit durable: the next one behind the rename.
durable=$(awk '$2 == "rename" { renamed = 1 }
    renamed && $2 == "fsync" { print $1; exit }' "$work/trace")

# All calls where there are few; else an even choice of them.
stride=$(((calls + most - 1) / most))
while read -r k name; do
    [ $((k % stride)) -eq 0 ] || [ "$name" = rename ] || continue
    case $((RANDOM % 3)) in
    0) fail_at "$k" 5 0 "$name" ;;
    1) fail_at "$k" 28 0 "$name" ;;
    2) fail_at "$k" 28 1 "$name" ;;
    esac
done < "$work/trace"

echo "$refused of $tried ended with 5"
[ $refused -gt $((tried / 4)) ] || { echo "too few to mean anything"; exit 1; }
echo "survived $survived of $tried"
[ $survived -eq $tried ]
