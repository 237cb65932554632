# search_help.sh -- help that fits, and messages that help.
. "$(dirname "$0")/search.bash"
lines=$(lede-search -h | wc -l)
[ "$lines" -le 40 ] && echo "-h fits"
lede-search -h | awk 'length > 80 { print "wide: " $0 }'
lede-search --help | awk 'length > 80 { print "wide: " $0 }'
# Every option of the help is taken, and is in the manual.
man=$(dirname "$news")/../../searcher/lede-search.1
lede-search --help | grep -o -- ' --[a-z1-]*' | sort -u | while read -r option; do
    lede-search "$option" 2>&1 | grep 'no such option'
    grep -q -- "-${option#--}\b" "$man" || echo "not in the manual: $option"
done
say --version | sed 's/[0-9.][0-9.]*/N/g'
say --sorce Reuters gas
say -z
say -n
say -n many gas
say
say --format yaml gas
say --since yesterdy gas
say 'gas (oil'
say 'gas OR'
say --index
