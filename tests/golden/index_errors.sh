# What could not be taken is kept with the index, shown, read again, forgotten.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
run() {
    echo "\$ lede-index $*"
    lede-index -i news.lede "$@" 2>&1 |
        sed -E "s#$dir#DIR#; s/20[0-9-]{8}T[0-9:]+Z/NOW/"
    echo "exit ${PIPESTATUS[0]}"
}
run errors
printf '%s\n' '{"id":"1","title":"Gas","body":"Gas rose.","source":"Wire"}' \
    '{"id": bad' '{"id":"2"}' >news.jsonl
head -c 300 /dev/zero >zeros
run add news.jsonl zeros nowhere
run errors
run errors --json
run errors zeros
run verify
# Nothing is new: the same errors, and no second time.
run add news.jsonl
run errors
printf '%s\n' '{"id":"1","title":"Gas","body":"Gas rose.","source":"Wire"}' \
    '{"id":"3","title":"Oil","body":"Oil fell."}' '{"id":"2"}' >news.jsonl
run errors --retry
run errors
rm zeros
run errors --retry --json
# A disk that is away, and one that is back without the file.
mkdir disk; head -c 300 /dev/zero >disk/zeros
run add disk
mv disk away
run errors --retry
run errors
mv away disk; rm disk/zeros
run sync disk
run errors
yes '{bad' | head -n 1500 >many.jsonl
run add many.jsonl | tail -n 2
run errors many.jsonl | tail -n 3
run errors --clear many.jsonl
att=$(ls news.lede/att-* | tail -n 1)
printf 'x' | dd of="$att" bs=1 seek=40 conv=notrunc status=none
run errors | cut -c 1-200 | sed 's/att-[0-9a-f-]*/ATT/'
run add news.jsonl | sed 's/att-[0-9a-f-]*/ATT/'
run verify | sed 's/att-[0-9a-f-]*/ATT/'
run errors --clear
run errors
run errors --retry --clear
