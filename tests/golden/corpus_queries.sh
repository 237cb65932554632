# The queries of tests/cases/corpus_queries.txt over corpus/: their answers
# were written down from reading the articles, before they were run.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lede-index -q -i "$work/index" add corpus/ || exit 1
wrong=0 asked=0
while IFS=$'\t' read -r query title total; do
    case $query in ''|'#'*) continue ;; esac
    asked=$((asked + 1))
    lede-search -i "$work/index" --format json -e "$query" >"$work/out"
    first=$(sed -n '1s/.*"title":"\(\([^"\\]\|\\.\)*\)".*/\1/p' "$work/out")
    first=$(printf '%s' "$first" | sed 's/\\"/"/g; s/\\\\/\\/g')
    found=$(sed -n '$s/.*"total":\([0-9]*\).*/\1/p' "$work/out")
    if [ "$first" != "$title" ]; then
        echo "$query: first is «$first», expected «$title»"; wrong=$((wrong + 1))
    fi
    if [ "$total" != '?' ] && [ "$found" != "$total" ]; then
        echo "$query: $found articles hold all words, expected $total"; wrong=$((wrong + 1))
    fi
done <tests/cases/corpus_queries.txt
echo "$asked queries, $wrong wrong"
[ "$wrong" -eq 0 ] && [ "$asked" -ge 10 ]
