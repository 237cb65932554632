# search_words.sh -- how arguments become a query, and what narrows it.
. "$(dirname "$0")/search.bash"
count() { printf '%s: ' "$*"; lede-search -c "$@" 2>&1; }
count gas
count Central Asia
count 'Central Europe' gas
count Europe 'Central Asia'
count 'Central Asia'
count '“Central Asia”'
count '„Central Asia“ gas' -oil
count Europe '«Central Asia» gas'
count gas -lavrov
count gas -Lavrov -Asia
count gas -'Central Europe'
count -e '-lavrov gas'
count --plain gas -lavrov
count --plain --any gas -lavrov
count --any lavrov volcano
count --all lavrov volcano
count --source reuters gas
count --source Reuters --source AFP gas
count --source 'le figaro' 'lavrov OR asia'
count --lang ru --any Лавров gas
count --lang Chinese --source Reuters
count --since 2026
count --until 2025
count --since 2025-11-02 --until 2025-11-02
count --since 2025-12 --until 2026-03-13
count date:2025 gas
count title:gas
say -n 2 --sort date gas
say -n 2 --sort=-date gas
say -n 1 --from 1 --sort date gas
say -n 2 --format trec --syntax lede --all --sort date --lang en
