# kills.bash -- kill -9 of what `victim` names, in copies of the index `first`:
# at a random call that changes the disk (half of the writes torn), and at a
# random moment, `kills` times each.  Sourced behind faulty.bash and prepare.

survived=0 first=0 struck=0

# One fault in a copy of the first generation: judge NAME STATUS.
judge() {
    local acknowledged=0 complaint
    [ "$2" -eq 0 ] || grep -q "$done_says" "$work/report" && acknowledged=1
    [ "$2" -ne 0 ] && struck=$((struck + 1))
    if sound "$work/index" $acknowledged > "$work/complaint"; then
        survived=$((survived + 1))
        [ "$generation" = 1 ] && first=$((first + 1))
    else
        echo "$1 (status $2): $(cat "$work/complaint")"
    fi
}

fresh() {
    rm -rf "$work/index"
    cp -a "$work/first" "$work/index"
    # A process that dies before it opens its report has not acknowledged.
    : > "$work/report"
}

# From a random call on all round, so that every one of them is struck.
begin=$RANDOM
for ((i = 0; i < kills; i++)); do
    fresh
    k=$(((begin + i) % calls + 1))
    half=$((RANDOM % 2))
    (LEDE_KILL_AT=$k LEDE_KILL_HALF=$half LD_PRELOAD=$shim exec \
        "$bin/lede-index" -i "$work/index" "${victim[@]}") \
        > "$work/report" 2>&1
    status=$?
    [ $status -eq 137 ] || echo "call $k: not killed, status $status"
    judge "call $k of $calls, half $half" $status
done 2>> "$work/shell"

# How long an undisturbed run takes, in microseconds: the best of three.
span=0
for i in 1 2 3; do
    fresh
    start=${EPOCHREALTIME/./}
    change "$work/index" > "$work/report" 2>&1
    took=$((${EPOCHREALTIME/./} - start))
    [ $span -ne 0 ] && [ $span -lt $took ] || span=$took
done

# Reading what nobody writes waits without starting a program.
mkfifo "$work/quiet"
exec {quiet}<> "$work/quiet"

for ((i = 0; i < kills; i++)); do
    fresh
    pause=$(((RANDOM * 32768 + RANDOM) % span))
    (exec "$bin/lede-index" -i "$work/index" "${victim[@]}") \
        > "$work/report" 2>&1 &
    process=$!
    read -rt "$(printf '%d.%06d' $((pause / 1000000)) \
        $((pause % 1000000)))" -u $quiet
    kill -KILL $process
    wait $process
    judge "after $pause of $span us" $?
done 2>> "$work/shell"

echo "killed $struck, $first of them before the commit"
# A test whose kills all came too early, or too late, has shown nothing.
[ $struck -gt $kills ] && [ $first -gt 0 ] && [ $first -lt $struck ] ||
    { echo "the kills did not strike on both sides of the commit"; exit 1; }
echo "survived $survived of $((2 * kills))"
[ $survived -eq $((2 * kills)) ]
