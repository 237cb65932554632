# search_trec.sh -- a run: six columns, a disjunction of plain words, 1000
# deep; nothing else on standard output.
. "$(dirname "$0")/search.bash"
say --format trec gas lavrov '"OR' 'title:('
say --format trec -n 1 gas
say --format trec --syntax lede title:gas
say --format trec --all gas lavrov
say --format trec nothing-at-all
