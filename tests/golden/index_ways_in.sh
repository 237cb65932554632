# The commands of "Get the news in" in README.md, as they stand there, in a
# home that has what they name; what this machine need not have is played.
top=$PWD
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
export HOME=$dir LEDE_INDEX=$dir/news.lede
mkdir -p news/pages wire cc-news
cp "$top"/corpus/pages/lavrov-*.html news/pages
mkdir news/pages/lavrov-africa-tour-cape-sentinel_files
cp "$top"/corpus/pages/svb-*.html news/pages/lavrov-africa-tour-cape-sentinel_files
gzip -c "$top/corpus/lines/wirebox.jsonl" >wire/2024-03-01.jsonl.gz
echo '{"id":"later","title":"Later","body":"Gas rose."}' | gzip >wire/2024-03-02.jsonl.gz
touch -d 2024-03-01 wire/2024-03-01.jsonl.gz wire/stamp
echo '{"bad' | gzip >wire/2024-03-03.jsonl.gz
page='<html lang="en"><head><title>Grain prices fell on Friday</title><meta property="article:published_time" content="2024-03-01T09:00:00Z"></head><body><article><h1>Grain prices fell on Friday</h1><p>Grain prices fell on Friday for the third week in a row, traders said, as ships left the harbour again.</p><p>The council said that it would wait for the harvest before it bought more grain for the winter.</p></article></body></html>'
{
    printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://grain.example/friday.html\r\nWARC-Date: 2024-03-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n'
    body=$(printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n%s' "$page")
    printf 'Content-Length: %d\r\n\r\n%s\r\n\r\n' "${#body}" "$body"
} | gzip >cc-news/CC-NEWS-20240301000000-00001.warc.gz

curl() { cat "$top/corpus/feeds/signal-and-standard-world.rss.xml"; }
sqlite3() {
    [[ "$3" == *'FROM rss_item' && -n $2 ]] || return 1
    echo '[{"title":"Oil","url":"https://oil.example/1","author":"Ann","content_html":"<p>Oil &amp; gas.</p><p>They fell.</p>","date":"2024-03-01 10:00:00"},'
    echo '{"title":"Rail","url":"https://rail.example/2","author":"","content_html":"<p>Trains.</p>","date":"2024-03-02 11:00:00"}]'
}
lede-index() {
    local more=()
    [ "$1" = watch ] && { shift; set -- watch --once-idle 1 "$@"; }
    command lede-index "$@" 2>&1 | cut -c 1-150
    return "${PIPESTATUS[0]}"
}
# A block of commands, line for line.
run() {
    [ -n "$1" ] || return
    printf '%s' "$1" | sed '1s/^/$ /'
    eval "$1" | sed -E "s#$dir#HOME#g; s/since 20[0-9-]{8}T[0-9:]+Z/since NOW/"
}
block=
while IFS= read -r line; do
    if [[ $line == '    '* ]]; then
        block+="${line#    }"$'\n'
    else
        run "$block"
        block=
    fi
done < <(sed -n '/^## Get the news in/,/^## Where/p' "$top/README.md")
lede-index stats | head -n 2
