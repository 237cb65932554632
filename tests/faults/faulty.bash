# faulty.bash -- what the fault tests share: two batches of news, an index of
# the first, a shim that kills or fails `lede-index add` of the second, and
# the question whether what is left is sound.
#
# Sound is: verify is clean; search answers exactly as generation 1 or
# exactly as generation 2; what was acknowledged is there; doing it again ends
# where an undisturbed run ends; and then no file is there that no manifest
# names.
#
# Preloading does not go with a program built for ASan, so these tests run
# the release build, which `make test` builds too.

[ "${LEDE_MODE:-}" = coverage ] &&
    { echo "a killed process counts no lines; make test runs this"; exit 77; }
bin=$PWD/build/release/bin
shim=$PWD/build/${LEDE_MODE:-check}/tests/faults/preload_kill.so
seed=${LEDE_SEED:-$(od -An -N2 -tu2 /dev/urandom | tr -d ' ')}
RANDOM=$seed
# What a killed process wrote is in the kernel's memory either way, so the
# disk may be one of memory too; it is faster.
room=/tmp
[ -w /dev/shm ] && room=/dev/shm
work=$(mktemp -d $room/lede-faults-XXXXXX)
trap 'umount "$work/disk" 2> /dev/null; rm -rf "$work"' EXIT
memory=64M
unset LEDE_KILL_AT LEDE_KILL_HALF LEDE_FAIL_AT LEDE_FAIL_ALWAYS LEDE_TRACE

# batch FROM TO EDITION: articles as JSON Lines.
batch() {
    awk -v from="$1" -v to="$2" -v edition="$3" 'BEGIN {
        split("harbour council minister storm market pipeline border " \
              "hospital election strike museum bridge budget verdict " \
              "satellite drought", word, " ")
        for (i = from; i < to; i++) {
            body = ""
            for (j = 0; j < 120; j++)
                body = body word[(i * 7 + j * j * 3 + edition) % 16 + 1] \
                    (j % 17 ? " " : (i * j) % 97 " ")
            printf "{\"id\":\"a%d\",\"source\":\"Wire\",\"lang\":\"en\"," \
                "\"title\":\"Report %d on the %s\",\"body\":\"%s\"," \
                "\"date\":\"2024-01-%02dT08:00:00Z\"}\n",
                i, i, word[i % 16 + 1], body, i % 28 + 1
        }
    }'
}

add() { "$bin/lede-index" -i "$1" add --memory "$memory" "${@:2}"; }

# What is struck, and what it says when it has committed; here, adding the
# second batch.  change DIR: does it undisturbed.
victim=(add --memory "$memory" "$work/two.jsonl")
done_says='^added'
change() { "$bin/lede-index" -i "$1" "${victim[@]}"; }

# answers DIR: every article with its score, which shows N and lengths too.
answers() {
    "$bin/lede-search" -i "$1" --format trec -n 100000 report | LC_ALL=C sort
}

# Two batches; the second updates some articles of the first and adds more.
# $1: articles of each.
prepare() {
    [ -x "$bin/lede-index" ] && [ -x "$bin/lede-search" ] && [ -e "$shim" ] ||
        { echo "build/release and $shim are needed" >&2; exit 1; }
    batch 0 "$1" 1 > "$work/one.jsonl"
    { batch 0 $(($1 / 5)) 2; batch "$1" $((2 * $1)) 1; } > "$work/two.jsonl"
    add "$work/first" "$work/one.jsonl" > "$work/report" 2>&1 ||
        { cat "$work/report"; exit 1; }
    prepared "$1" $((2 * $1))
}

# From the index `first` to `second`, and what each of them answers: $1 and
# $2 articles.
prepared() {
    cp -a "$work/first" "$work/second"
    rm -f "$work/trace"
    LEDE_TRACE=$work/trace LD_PRELOAD=$shim change "$work/second" \
        > "$work/report" 2>&1 ||
        { cat "$work/report"; exit 1; }
    calls=$(wc -l < "$work/trace")
    answers "$work/first" > "$work/answers.1"
    answers "$work/second" > "$work/answers.2"
    if [ "$(wc -l < "$work/answers.1")" -ne "$1" ] ||
       [ "$(wc -l < "$work/answers.2")" -ne "$2" ]; then
        echo "the undisturbed runs do not hold what was added"
        wc -l "$work"/answers.*
        exit 1
    fi
    echo "seed $seed, $calls calls that change the disk"
}

# manifest_files PATH: the names of the files that a manifest needs, read
# from its bytes as FORMAT.md sections 2 and 10 have them.
manifest_files() {
    od -An -v -tx8 -w8 -j32 "$1" | awk '
    function low(hex) { return substr(hex, 9) }
    function value(hex,    i, n) {
        for (i = 1; i <= length(hex); i++)
            n = n * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
        return n
    }
    { word[NR - 1] = $1 }
    END {
        count = value(low(word[10]))
        attached = value(substr(word[10], 1, 8))
        split("terms postings positions bounds columns store", part, " ")
        for (i = 0; i < count; i++) {
            at = 11 + 22 * i
            for (j = 1; j <= 6; j++) {
                print "seg-" word[at + 1] "-" word[at] "." part[j]
                if (value(word[at + 13]))
                    print "seg-" word[at + 1] "-" word[at + 13] "." part[j]
            }
            if (value(word[at + 5]))
                print "del-" word[at + 5] "-" word[at]
        }
        for (i = 0; i < attached; i++) {
            at = 11 + 22 * count + 4 * i
            print "att-" word[at + 1] "-" word[at + 2]
        }
    }'
}

# stray DIR: prints what should not be there, and what should and is not.
stray() {
    local manifest manifests
    manifests=$(cd "$1" && ls | grep '^manifest-' | LC_ALL=C sort | tail -n 2)
    {
        echo LOCK
        for manifest in $manifests; do
            echo "$manifest"
            manifest_files "$1/$manifest"
        done
    } | LC_ALL=C sort -u > "$work/named"
    ls -A "$1" | LC_ALL=C sort > "$work/there"
    diff "$work/named" "$work/there"
}

# sound DIR ACKNOWLEDGED: 0 if so, else it says what is not.
sound() {
    local got=neither
    "$bin/lede-index" -i "$1" verify > "$work/verify" 2>&1 ||
        { echo "verify: $(cat "$work/verify")"; return 1; }
    answers "$1" > "$work/got" 2> "$work/got.err"
    cmp -s "$work/got" "$work/answers.1" && got=1
    cmp -s "$work/got" "$work/answers.2" && got=2
    if [ $got = neither ]; then
        echo "answers as neither generation: $(head -n 3 "$work/got.err")"
        return 1
    fi
    if [ "$2" -eq 1 ] && [ $got != 2 ]; then
        echo "what was acknowledged is lost"
        return 1
    fi
    generation=$got
    resumes "$1"
}

# resumes DIR: doing it again ends where an undisturbed run ends.
resumes() {
    local left
    change "$1" > "$work/again" 2>&1 ||
        { echo "rerun: exit $?: $(cat "$work/again")"; return 1; }
    answers "$1" > "$work/got"
    cmp -s "$work/got" "$work/answers.2" ||
        { echo "the rerun does not end like an undisturbed run"; return 1; }
    "$bin/lede-index" -i "$1" verify > "$work/verify" 2>&1 ||
        { echo "verify after the rerun: $(cat "$work/verify")"; return 1; }
    left=$(stray "$1") ||
        { echo "files after the rerun:"; echo "$left"; return 1; }
}
