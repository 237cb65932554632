# full_disk.sh -- no room: files may not grow past a limit, and, where a
# small tmpfs can be mounted, the disk itself is full.  `add` ends with 5 and
# a message, and generation 1 answers; with room the same command succeeds.
cd "$(dirname "$0")/../.." || exit 1
. tests/faults/faulty.bash
prepare 400
survived=0 tried=0

# judge NAME STATUS DIR: one run that had no room.
judge() {
    tried=$((tried + 1))
    if [ "$2" -ne 5 ]; then
        echo "$1: status $2, expected 5: $(cat "$work/report")"
    elif ! [ -s "$work/report" ]; then
        echo "$1: failed without a word"
    elif ! answers "$3" | cmp -s - "$work/answers.1"; then
        echo "$1: generation 1 does not answer"
    elif ! "$bin/lede-index" -i "$3" verify > "$work/verify" 2>&1; then
        echo "$1: verify: $(cat "$work/verify")"
    else
        return 0
    fi
    return 1
}

# Largest file of the second generation's segments, in units of ulimit.
largest=$(ls -l "$work/second" | awk '$5 > most { most = $5 }
    END { print int(most / 1024) }')

for ((i = 0; i < 10; i++)); do
    limit=$((largest * i / 10))
    rm -rf "$work/index"
    cp -a "$work/first" "$work/index"
    # The program ignores the signal by itself.
    (ulimit -f $limit
     exec "$bin/lede-index" -i "$work/index" add --memory "$memory" \
        "$work/two.jsonl" 2>&1) | cat > "$work/report"
    status=${PIPESTATUS[0]}
    judge "files of at most $limit KB" "$status" "$work/index" &&
        resumes "$work/index" && survived=$((survived + 1))
done

# What the first generation and room for a part of the second need.
used=$(du -sk "$work/first" | cut -f1)
both=$(du -sk "$work/second" | cut -f1)
mkdir "$work/disk"
for ((i = 1; i <= 10; i++)); do
    size=$((used + 32 + (both - used) * i / 14))
    mount -t tmpfs -o size=${size}k lede-full "$work/disk" 2> "$work/mount" ||
        { echo "no tmpfs here: $(cat "$work/mount")"; break; }
    cp -a "$work/first" "$work/disk/index" &&
        add "$work/disk/index" "$work/two.jsonl" > "$work/report" 2>&1
    status=$?
    judge "a disk of $size KB" $status "$work/disk/index" &&
        mount -o remount,size=64m "$work/disk" &&
        resumes "$work/disk/index" && survived=$((survived + 1))
    umount "$work/disk"
done

echo "survived $survived of $tried"
[ $survived -eq $tried ]
