# Who says what in corpus/: the statements of tests/cases/corpus_quotes.txt,
# which were written down from reading the articles, and none of another.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lede-index -q -i "$work/index" add corpus/ || exit 1
wrong=0 asked=0
while IFS=$'\t' read -r speaker words; do
    case $speaker in ''|'#'*) continue ;; esac
    asked=$((asked + 1)) not=
    case $speaker in 'not '*) not=1; speaker=${speaker#not } ;; esac
    lede-search -i "$work/index" --speaker "$speaker" --format csv -n 500 \
        >"$work/out"
    if grep -qF -- "$words" "$work/out"; then
        [ -z "$not" ] && continue
        echo "$speaker did not say: $words"
    else
        [ -n "$not" ] && continue
        echo "$speaker said, and it is not found: $words"
    fi
    wrong=$((wrong + 1))
done <tests/cases/corpus_quotes.txt
echo "$asked statements, $wrong wrong"
[ "$wrong" -eq 0 ] && [ "$asked" -ge 20 ]
