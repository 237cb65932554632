# scale.sh -- articles of absurd size and number: each is taken, verified and
# found, or refused with a word, and the peak of memory stays below 1.1 times
# --memory and 32 MB, whatever the corpus.
cd "$(dirname "$0")/../.." || exit 1
[ -x /usr/bin/time ] || { echo "no /usr/bin/time here"; exit 77; }
bin=$PWD/build/release/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

# words N: random words, the same every time.
words() {
    awk -v n="$1" 'BEGIN {
        srand(1)
        split("storm harbour council minister market pipeline border " \
              "hospital election strike museum bridge budget verdict", w, " ")
        for (i = 0; i < n; i++)
            printf "%s ", w[int(rand() * 14) + 1]
    }'
}

# field NAME OF: an article whose field is what is read.
field() {
    printf '{"id":"x","source":"W","title":"Storm","%s":"' "$1"
    cat
    printf '"}\n'
}

# many N FORMAT: one article a line, & its number.
many() { seq 0 $(($1 - 1)) | sed "s/.*/$2/"; }

# list NAME N: an article with so many authors, or tags.
list() {
    printf '{"id":"x","source":"W","title":"Storm","%s":["0"' "$1"
    awk -v n="$2" 'BEGIN { for (i = 1; i < n; i++) printf ",\"Ann %d\"", i }'
    printf ']}\n'
}

# try NAME MEMORY EXIT HITS [OPTION...] < articles: MEMORY in MB.
try() {
    local name=$1 memory=$2 want=$3 hits=$4 status peak got
    shift 4
    rm -rf "$work/index"
    cat > "$work/in.jsonl"
    /usr/bin/time -f %M -o "$work/peak" "$bin/lede-index" -i "$work/index" \
        add --memory "${memory}M" "$@" "$work/in.jsonl" > "$work/said" 2>&1
    status=$?
    peak=$(tail -n 1 "$work/peak")
    got=$("$bin/lede-search" -i "$work/index" -c storm)
    echo "$name: exit $status, peak $((peak / 1024)) MB of $memory, $got hits"
    if [ $status -ne "$want" ] || [ "$got" != "$hits" ]; then
        echo "  expected exit $want, $hits hits: $(tail -n 2 "$work/said")"
        bad=1
    elif ! "$bin/lede-index" -i "$work/index" verify > "$work/said" 2>&1; then
        echo "  verify: $(cat "$work/said")"
        bad=1
    elif [ "$peak" -gt $((memory * 11 * 1024 / 10 + 32 * 1024)) ]; then
        echo "  too much memory"
        bad=1
    fi
}

words 300000 | field body | try "300,000 words" 64 0 1
words 4000000 | field body | try "a paragraph of 30 MB" 512 0 1
{ words 4000000 | field body; echo '{"id":"y","title":"Storm"}'; } |
    try "a line of 30 MB, too long" 64 1 1
words 17000000 | field body | try "17,000,000 words, cut" 4096 0 1 --max-record 256M
head -c 10000000 /dev/zero | tr '\0' a | field body | try "a word of 10 MB" 512 0 1
many 100000 '{"id":"&","source":"W","title":"t","body":"storm &"}' |
    try "100,000 tiny articles" 32 0 100000
list authors 1000 | try "1,000 authors" 32 0 1
list tags 10000 | try "10,000 tags" 32 0 1
words 140000 | field lead | sed 's/"title":"Storm","lead"/"title"/' |
    try "a title of 1 MB" 32 0 1
id=$(head -c 1000000 /dev/zero | tr '\0' i)
{ echo '{"id":"1'"$id"'","title":"Storm"}'; echo '{"id":"2'"$id"'","title":"Storm"}'; } |
    try "ids of 1 MB" 32 0 2
many 10000 '{"id":"same","source":"W","title":"t","body":"storm &"}' > "$work/same"
cat "$work/same" "$work/same" | try "one id 20,000 times" 32 0 1
many 5000 '{"id":"1","source":"Wire &","title":"Storm"}' | try "5,000 sources" 32 0 5000
batch=$(words 8000)
many 3000 '{"id":"&","source":"W","title":"Storm & of x&","body":"'"$batch"' n&"}' \
    > "$work/news"
for memory in 32 64 256; do
    try "190 MB of news" $memory 0 3000 < "$work/news"
done
many 500000 '{"id":"&","source":"W","title":"Storm w&","body":"x& y& z&"}' |
    try "2,000,000 different words" 64 0 500000
exit $bad
