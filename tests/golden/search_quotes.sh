# search_quotes.sh -- who said what: speakers under every form of the name,
# copies folded, other wordings under them, filters, formats, and one opened.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
cat >news.jsonl <<'NEWS'
{"id":"t1","source":"TASS","date":"2026-03-14T07:58:00Z","lang":"en","title":"Lavrov in Tashkent","body":"Foreign Minister Sergei Lavrov opened his tour. \"Central Asia remains our common neighbourhood, and nobody will be allowed to turn it into a bridgehead,\" Lavrov said. He denied that Moscow was late."}
{"id":"r1","source":"Reuters","date":"2026-03-14T09:12:00Z","lang":"en","title":"Lavrov opens tour","body":"\"Central Asia remains our common neighbourhood, and nobody will be allowed to turn it into a bridgehead\", Sergey Lavrov said in Tashkent."}
{"id":"i1","source":"Interfax","date":"2026-03-14T10:00:00Z","lang":"en","title":"Lavrov on neighbours","body":"\"Central Asia remains our common neighbourhood, and nobody will be permitted to turn it into a bridgehead,\" Sergei Lavrov said."}
{"id":"k1","source":"Kommersant","date":"2026-03-14T08:40:00Z","lang":"ru","title":"Лавров в Ташкенте","body":"«Регион Центральной Азии важен для всех нас», — сказал Сергей Лавров."}
{"id":"p1","source":"AFP","date":"2026-03-15","lang":"en","title":"Kremlin on Central Asia","body":"President Vladimir Putin will travel. His spokesman, Dmitry Peskov, said the visit to Central Asia would be short. \"It will be two days,\" he said."}
{"id":"c1","source":"Wire","lang":"en","title":"The Clintons","body":"Bill Clinton and Hillary Clinton met voters in Central Asia week. \"We came to listen,\" Mrs. Clinton said. \"I came to talk,\" Bill Clinton said."}
NEWS
export LEDE_INDEX=index
lede-index -q add news.jsonl || exit 1
say() {
    echo "\$ lede-search $*"
    lede-search "$@" 2>said >out
    local status=$?
    sed 's/"took_ms":[0-9.]*/"took_ms":N/' out
    sed 's/^/| /' said
    [ $status -eq 0 ] || echo "exit $status"
    echo
}
say --quotes --speaker Lavrov Central Asia
say --quotes --speaker 'Sergei Lawrow' neighbourhood --sort best -n 1
say 'speaker:Лавров said:регион'
say --quotes --speaker Clinton
say --quotes --speaker 'Hillary Clinton' -c
say --speakers Central Asia
say --speakers Central Asia --format csv
say --quotes --kind reported Central Asia --lang en
say --quotes --sure --source TASS Central
say --quotes two days --format json
say --quotes listen --format csv
say --quotes title:Lavrov
say --quotes nobody said this
say --format csv Lavrov
id=$(lede-search --quotes 'said:"two days"' --format json | sed -n '1s/.*"id":"\([^"]*\)".*/\1/p')
say --show "${id:0:8}"
say --show zz
lede-index -q rm t1 && say --quotes neighbourhood -c
lede-index verify
lede-index -q -i off add --quotes off news.jsonl || exit 1
LEDE_INDEX=off say --quotes Asia
exit 0
