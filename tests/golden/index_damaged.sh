# A byte is turned: verify finds it, and add does not write to a manifest
# that it cannot read.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
try() { lede-index -i news.lede "$@" 2>&1 | sed -E 's/[0-9a-f]{16}/ID/g'; echo "exit ${PIPESTATUS[0]}"; }
# Another byte than the one that stands there.
turn() {
    local old
    old=$(od -An -tu1 -j "$2" -N 1 "$1")
    printf "\\$(printf %o $((old ^ 255)))" |
        dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
printf '%s\n' '{"id":"1","title":"Gas","body":"Gas rose.","source":"Wire"}' >news.jsonl
try add news.jsonl
sed -i 's/Gas/Oil/; s/1/2/' news.jsonl
try add news.jsonl
set -- news.lede/seg-*.store
turn "$1" 33
try verify
set -- news.lede/manifest-*
turn "$2" 40
try verify
try add news.jsonl
try stats
