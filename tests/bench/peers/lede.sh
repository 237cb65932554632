#!/usr/bin/env bash
# lede.sh -- lede behind the command line of a peer (README.md here).
set -eu
root=$(dirname "$(realpath "$0")")/../../..
bin=$root/build/release/bin
memory=${MEMORY:-256M}

# A status of 1 tells of rejected input: all the same an index.
add() {
    "$bin/lede-index" -q -i "$1" add --memory "$memory" "${@:2}" ||
        [ $? -eq 1 ]
}

case ${1:-} in
prepare) exit 0 ;;
index)   add "$2" --title-weight 1 --lang sw --quotes off --from jsonl \
             "$3.jsonl" ;;
raw)     add "$2" --from jsonl "$3" ;;
ask)     exec "$root/build/release/tests/bench/peers/lede" "$2" ;;
*) echo "usage: lede.sh prepare|index|raw|ask [INDEX [FILE]]" >&2; exit 2 ;;
esac
