# kill_sync.sh -- kill -9 while a folder is synced a second time, in which
# files are new, changed, renamed, gone, bad and mended: at calls that change
# the disk, from a random one on, half of the writes torn.  What is left is
# the index before or after, with its ledger and its rejects; syncing again
# ends where an undisturbed run ends, and then there is nothing to read.
cd "$(dirname "$0")/../.." || exit 1
. tests/faults/faulty.bash
kills=${LEDE_KILLS:-40}
[ -n "${LEDE_TORTURE:-}" ] && kills=400
news=$work/news
sync_news() { "$bin/lede-index" -i "$1" sync --memory "$memory" "$news"; }

folder_before() {
    mkdir -p "$news/sub"
    batch 0 40 1 > "$news/a.jsonl"
    batch 40 60 1 > "$news/sub/b.jsonl"
    batch 50 70 1 > "$news/sub/c.jsonl"
    batch 70 80 1 > "$news/d.jsonl"
    printf '{"id": bad\n' > "$news/bad.jsonl"
    find "$news" -type f -exec touch -d 2020-01-01 {} +
}

folder_after() {
    { batch 5 20 1; batch 20 40 2; batch 80 90 1; } > "$news/a.jsonl"
    rm "$news/sub/b.jsonl"
    mv "$news/d.jsonl" "$news/e.jsonl"
    batch 90 95 1 > "$news/bad.jsonl"
    printf '{"id": worse\n' > "$news/worse.jsonl"
    find "$news" -type f -exec touch -d 2020-02-02 {} +
}

folder_before
sync_news "$work/first" > "$work/report" 2>&1
folder_after
cp -a "$work/first" "$work/second"
LEDE_TRACE=$work/trace LD_PRELOAD=$shim sync_news "$work/second" \
    > "$work/report" 2>&1
calls=$(wc -l < "$work/trace")
answers "$work/first" > "$work/answers.1"
answers "$work/second" > "$work/answers.2"
echo "seed $seed, $calls calls that change the disk"
[ "$(wc -l < "$work/answers.1")" -eq 80 ] &&
    [ "$(wc -l < "$work/answers.2")" -eq 80 ] && [ "$calls" -gt 20 ] ||
    { wc -l "$work"/answers.*; cat "$work/report"; exit 1; }

# check DIR: 0 if what is left is sound, else it says what is not.
check() {
    local left
    "$bin/lede-index" -i "$1" verify > "$work/verify" 2>&1 ||
        { echo "verify: $(cat "$work/verify")"; return 1; }
    answers "$1" > "$work/got"
    cmp -s "$work/got" "$work/answers.1" ||
        cmp -s "$work/got" "$work/answers.2" ||
        { echo "answers as neither generation"; return 1; }
    sync_news "$1" > "$work/again" 2>&1
    [ $? -le 1 ] || { echo "rerun: $(cat "$work/again")"; return 1; }
    answers "$1" > "$work/got"
    cmp -s "$work/got" "$work/answers.2" ||
        { echo "the rerun does not end like an undisturbed run"; return 1; }
    "$bin/lede-index" -i "$1" errors | grep -c . | grep -qx 1 ||
        { echo "rejects: $("$bin/lede-index" -i "$1" errors)"; return 1; }
    left=$(stray "$1") ||
        { echo "files after the rerun:"; echo "$left"; return 1; }
    sync_news "$1" 2>&1 | grep -q 'new 0   changed 0   gone 0   same 5' ||
        { echo "there was more to read after the rerun"; return 1; }
    "$bin/lede-index" -i "$1" verify > "$work/verify" 2>&1 ||
        { echo "verify after the rerun: $(cat "$work/verify")"; return 1; }
}

check "$work/second" || { echo "the undisturbed run is not sound"; exit 1; }
survived=0
begin=$RANDOM
for ((i = 0; i < kills; i++)); do
    rm -rf "$work/index"
    cp -a "$work/first" "$work/index"
    k=$(((begin + i * (calls / kills + 1)) % calls + 1))
    (LEDE_KILL_AT=$k LEDE_KILL_HALF=$((RANDOM % 2)) LD_PRELOAD=$shim exec \
        "$bin/lede-index" -i "$work/index" sync --memory "$memory" "$news") \
        > "$work/report" 2>&1
    status=$?
    [ $status -eq 137 ] || echo "call $k: not killed, status $status"
    if check "$work/index" > "$work/complaint"; then
        survived=$((survived + 1))
    else
        echo "call $k of $calls: $(cat "$work/complaint")"
    fi
done 2>> "$work/shell"
echo "survived $survived of $kills"
[ $survived -eq "$kills" ]
