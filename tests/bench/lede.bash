# lede.bash -- what the bench scripts share: indexing with lede, measured.

bin=build/release/bin
tools=build/release/tests/bench

# index_lede FILE INDEX MEMORY: $seconds, $cpu (seconds) and $peak (KB).
index_lede() {
    rm -rf "$2" "$work/cost"
    "$tools/measure" "$work/cost" "$bin/lede-index" -i "$2" add \
        --memory "$3" "$1" > "$work/report" 2>&1
    case $? in
    0|1) read -r seconds cpu peak < "$work/cost" ;;
    *) cat "$work/report" >&2; exit 1 ;;
    esac
}

# Bytes of the index in the folder $1, all of it or what ends in $2.
index_bytes() {
    find "$1" -name "*${2:-}" -type f -printf '%s\n' |
        awk '{ sum += $1 } END { printf "%d", sum }'
}

# per A B [FORMAT]: A / B.
per() {
    awk -v a="$1" -v b="$2" -v format="${3:-%.0f}" \
        'BEGIN { printf format, (b > 0 ? a / b : 0) }'
}
