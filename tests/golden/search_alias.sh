# search_alias.sh -- who is who said by hand: names that are one person,
# quotations that are another's, kept over re-adds; and filters of articles.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
cat >news.jsonl <<'NEWS'
{"id":"a1","source":"Wire","date":"2024-05-01","lang":"en","section":"Politics","authors":["Jane Doe"],"title":"Minister on grain","body":"Anna Kirchner arrived in Rome on Monday. \"The grain will be delivered before the winter,\" Kirchner said. Her deputy, Paul Adler, listened."}
{"id":"a2","source":"Courier","date":"2024-05-02","lang":"en","section":"World","authors":["John Roe"],"title":"Grain promised","body":"Anna Kirchner spoke in Rome. \"The grain will be delivered before the winter,\" Kirchner said."}
{"id":"a3","source":"Courier","date":"2024-05-03","lang":"en","section":"World","authors":["John Roe"],"title":"A new name","body":"\"We shall send the grain by rail this time,\" Anna Fernandez said in Milan."}
{"id":"a4","source":"Wire","date":"2024-05-04","lang":"en","title":"Adler speaks","body":"\"No grain,\" Paul Adler said."}
NEWS
export LEDE_INDEX=index
lede-index -q add news.jsonl || exit 1
run() {
    echo "\$ $*"
    "$@" 2>said >out
    local status=$?
    sed 's/"took_ms":[0-9.]*/"took_ms":N/' out
    sed 's/^/| /' said
    [ $status -eq 0 ] || echo "exit $status"
    echo
}
id_of() {
    lede-search --quotes "$@" --format json |
        sed -n '1s/.*"id":"\([^"]*\)","speaker".*/\1/p'
}
run lede-index alias list
run lede-search -c --speaker Kirchner grain
run lede-index alias add 'Kirchner, Anna' 'Anna Fernandez'
run lede-search --speaker Fernandez grain
run lede-search --speakers grain
winter=$(id_of said:winter)
run lede-index alias says "${winter:0:8}" 'Paul Adler'
run lede-search --speaker Adler winter
run lede-search -c --speaker Kirchner winter
run lede-search --quotes --sure winter -c
run lede-search --show "$winter"
lede-index -q rm a2 && lede-index -q add news.jsonl && lede-index -q compact
run lede-search -c --speaker Kirchner winter
run lede-search --speaker Adler winter --format csv
run lede-index alias list
run lede-index alias list --json
lede-index alias list >kept
run lede-index alias rm "${winter:0:8}" 'Anna Fernandez'
run lede-search -c --speaker Kirchner grain
run lede-index alias rm Nobody
run lede-index alias import kept
run lede-index alias list
run lede-index alias says "$winter" ''
run lede-search --quotes winter
run lede-index alias says --only "$winter" 'Anna Kirchner'
run lede-search -c --speaker Kirchner winter
run lede-index alias says 00000000 'Paul Adler'
run lede-index alias clear
run lede-index alias list
echo 'Kirchner' >bad
run lede-index alias import bad
run lede-index alias
run lede-index alias add Kirchner
run lede-search -c --quotes 'by:"Jane Doe" grain'
run lede-search -c --quotes section:World grain
run lede-search -c --quotes title:promised grain
run lede-search -c --quotes '-section:World grain'
run lede-search -c --quotes 'title:nothing OR section:World'
run lede-search -c --quotes --source Courier --since 2024-05-03 grain
run lede-index verify
