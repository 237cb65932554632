# Quotations follow their articles into the segment that others become: what
# is asked is answered as by an index of what lives alone.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
say() { printf '{"id":"%s","source":"Wire","lang":"en","date":"2026-03-1%s","title":"%s","body":"%s"}\n' "$@"; }
{
    say a 1 'Lavrov in Tashkent' 'Foreign Minister Sergei Lavrov opened his tour. \"Central Asia remains our neighbourhood,\" Lavrov said.'
    say b 2 'Short visit' 'The spokesman, Dmitry Peskov, said the visit to Central Asia would be short. \"It will be two days,\" he said.'
    say c 3 'Prices' 'Gas rose.'
} >one.jsonl
say d 4 'Voters' '\"We came to listen,\" Hillary Clinton said in Asia. \"I came to talk,\" Bill Clinton said.' >two.jsonl
say e 5 'Nothing said' 'Oil fell.' >three.jsonl
say a 6 'Lavrov in Tashkent' 'Sergei Lavrov opened his tour. \"Central Asia remains our common neighbourhood,\" Lavrov said.' >four.jsonl
for file in one two three four; do lede-index -i parts -q add $file.jsonl || exit 1; done
lede-index -i parts -q rm d || exit 1
say f 7 'Back home' '\"Asia was a success,\" Dmitry Peskov said.' >five.jsonl
lede-index -i parts -q add five.jsonl
lede-index -i parts -q compact || exit 1
lede-index -i parts verify || exit 1
{ sed -n 2,3p one.jsonl; cat three.jsonl four.jsonl five.jsonl; } >living.jsonl
lede-index -i whole -q add living.jsonl || exit 1
for index in parts whole; do
    for query in '--quotes Central Asia' '--quotes --speaker Peskov Asia' '--speakers Asia' \
                 '--quotes --kind reported short' '--quotes listen' \
                 '--quotes two days' 'gas OR oil'; do
        echo "$query"
        lede-search -i $index --format json $query | sed -E 's/"took_ms":[0-9.]*//; s/"generation":[0-9]*//; s#"(path|record|offset)":("[^"]*"|[0-9]+),?##g'
    done >$index.out
done
grep -q 'common neighbourhood' parts.out || exit 1
diff parts.out whole.out
