#!/usr/bin/env bash
# lucene.sh -- Lucene behind the command line of a peer (README.md here); as
# lucene-bp.sh with its documents reordered by recursive graph bisection.
# It runs on the first JDK of 21 or newer: $JAVA_HOME, java, /usr/lib/jvm.
set -eu
here=$(dirname "$(realpath "$0")")
peers=$here/../../../build/peers
name=$(basename "$0" .sh)

# The folder of a JDK that runs Lucene 10.
find_jdk() {
    local bin version
    for bin in ${JAVA_HOME:+"$JAVA_HOME/bin"} \
               "$(dirname "$(command -v java || echo /java)")" \
               /usr/lib/jvm/*/bin; do
        [ -x "$bin/javac" ] || continue
        version=$("$bin/javac" -version 2>&1 | tr -dc '0-9.' | cut -d. -f1)
        [ "${version:-0}" -ge 21 ] && { echo "$bin"; return; }
    done
    return 1
}

jdk=$(find_jdk) || { echo "needs a JDK of 21 or newer (JAVA_HOME)"; exit 3; }

# Fetches the jars by the ordinary client and compiles the driver.
prepare() {
    local log=$peers/lucene.log
    mkdir -p "$peers/lucene"
    if ! [ -e "$peers/jars/done" ] ||
       [ "$here/lucene/pom.xml" -nt "$peers/jars/done" ]; then
        command -v mvn > /dev/null ||
            { echo "needs maven to fetch Lucene's jars"; exit 3; }
        rm -rf "$peers/jars"
        JAVA_HOME=$(dirname "$jdk") mvn -q -B -f "$here/lucene/pom.xml" \
            dependency:copy-dependencies \
            -DoutputDirectory="$(realpath "$peers")/jars" > "$log" 2>&1 ||
            { echo "the jars cannot be fetched, see $log"; exit 3; }
        touch "$peers/jars/done"
    fi
    [ "$peers/lucene/Peer.class" -nt "$here/lucene/Peer.java" ] ||
        "$jdk/javac" -cp "$peers/jars/*" -d "$peers/lucene" \
            "$here/lucene/Peer.java" > "$log" 2>&1 ||
        { echo "the driver cannot be compiled, see $log"; exit 3; }
}

# run HEAP ARGUMENTS...
run() {
    local heap=$1
    shift
    exec "$jdk/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
        --add-modules jdk.incubator.vector -cp "$peers/jars/*:$peers/lucene" \
        -Xms256m -Xmx"$heap" Peer "$@"
}

case $name:${1:-} in
*:prepare)       prepare ;;
lucene-bp:index) run 6g index "$2" "$3" bp 2>&1 ;;
*:index|*:raw)   run 1g "$@" 2>&1 ;;
*:ask)           run 2g ask "$2" ;;
*) echo "usage: $name.sh prepare|index|raw|ask [INDEX [FILE]]" >&2; exit 2 ;;
esac
