# search.bash -- what the tests of the command line share: a small index.
#
# Sourced; makes a folder that goes away at the end, goes into it, builds the
# index from articles.jsonl, and tells lede-search where it is.  search_rc
# runs lede-search, with what it says on stderr behind what it prints.

set -u
news=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/search_news.jsonl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
cp "$news" news.jsonl
lede-index -i index add news.jsonl > report 2>&1 || { cat report; exit 1; }
export LEDE_INDEX=index

# say ARGUMENT...: the command, what it prints, what it says, its status.
say() {
    echo "\$ lede-search $*"
    lede-search "$@" 2> said
    local status=$?
    sed 's/^/| /' said
    [ $status -eq 0 ] || echo "exit $status"
    echo
}
