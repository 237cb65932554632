#!/usr/bin/env bash
# tantivy.sh -- Tantivy behind the command line of a peer (README.md here);
# built by cargo in build/peers, which takes some minutes once.
set -eu
here=$(dirname "$(realpath "$0")")
peers=$here/../../../build/peers
export MEMORY_MB=${MEMORY_MB:-256} CARGO_TARGET_DIR=$peers/cargo

prepare() {
    local log=$peers/tantivy.log
    command -v cargo > /dev/null || { echo "needs cargo (Rust)"; exit 3; }
    mkdir -p "$peers/tantivy"
    cp -ru "$here/tantivy/." "$peers/tantivy"
    cargo build --quiet --release --manifest-path \
        "$peers/tantivy/Cargo.toml" > "$log" 2>&1 ||
        { echo "the driver cannot be compiled, see $log"; exit 3; }
}

case ${1:-} in
prepare) prepare ;;
index|raw|ask) exec "$CARGO_TARGET_DIR/release/peer_tantivy" "$@" ;;
*) echo "usage: tantivy.sh prepare|index|raw|ask [INDEX [FILE]]" >&2
   exit 2 ;;
esac
