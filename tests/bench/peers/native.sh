#!/usr/bin/env bash
# native.sh -- an engine of Debian behind the command line of a peer
# (README.md here): called as xapian.sh or sqlite.sh.
set -eu
root=$(dirname "$(realpath "$0")")/../../..
name=$(basename "$0" .sh)
driver=build/release/tests/bench/peers/peer_$name
declare -A package=([xapian]=xapian-core [sqlite]=sqlite3)

case ${1:-} in
prepare)
    pkg-config --exists "${package[$name]}" json-c ||
        { echo "needs lib${name/sqlite/sqlite3}-dev and libjson-c-dev"; exit 3; }
    exec make -s -C "$root" "$driver" ;;
index|raw|ask) exec "$root/$driver" "$@" ;;
esac
echo "usage: $name.sh prepare|index|raw|ask [INDEX [FILE]]" >&2
exit 2
