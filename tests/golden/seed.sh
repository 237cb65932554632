# The page that this project started from, as a text dump: title, date,
# source, language, paragraphs and who says what are what a careful reader
# takes from it.
seed=$LEDE_SHARED/data/seed
[ -d "$seed" ] || { echo "no $seed here"; exit 77; }
command -v python3 >/dev/null || { echo "no python3 here"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lede-index -q add --dry-run --dump jsonl "$seed"/limited-times-2023-11-12.txt \
    >"$work/dump" || exit 1
python3 "$LEDE_SHARED/tools/check_seed.py" "$seed/expected.json" \
    --articles "$work/dump" || exit 1
lede-index -q add --dry-run --dump quotes "$seed"/limited-times-2023-11-12.txt \
    >"$work/quotes" || exit 1
python3 "$LEDE_SHARED/tools/check_seed.py" "$seed/expected.json" \
    --quotes "$work/quotes"
