# shape.sh -- the shape of the sources: files of at most 600 lines, functions
# of at most 60, lines of at most 80 columns, no tabs, nothing left to do, a
# head comment that names the file, and no two files of one name.
cd "$(dirname "$0")/../.." || exit 1

find common indexer searcher tests -name '*.[ch]' -o -name "*.cc" |
    LC_ALL=C sort > "${TMPDIR:-/tmp}/lede-shape.$$"
trap 'rm -f "${TMPDIR:-/tmp}/lede-shape.$$"' EXIT
list=${TMPDIR:-/tmp}/lede-shape.$$
bad=0

# may RULE PATH: whether the allow list lets it pass.
may() {
    awk -v rule="$1" -v path="$2" \
        '$1 == rule && $2 == path { found = 1 } END { exit !found }' \
        tests/style/allow
}

# report RULE: reads "PATH: TEXT" lines and counts what is not allowed.
report() {
    while IFS= read -r line; do
        [ -z "$line" ] && continue
        may "$1" "${line%%: *}" && continue
        echo "$line"
        bad=$((bad + 1))
    done
}

lines=$(xargs awk '
    FNR == 1 && file { if (count > 600) print file ": " count " lines" }
    { file = FILENAME; count = FNR }
    END { if (count > 600) print file ": " count " lines" }' < "$list")
report file <<< "$lines"

# A function begins with a brace of its own in the first column.
functions=$(xargs awk '
    FNR == 1 { from = 0; head = "" }
    /^[A-Za-z_].*\(/ { head = $0 }
    /^\{/ { from = FNR }
    /^\}/ && from {
        sub(/\(.*/, "", head)
        sub(/.*[ *]/, "", head)
        if (FNR - from + 1 > 60)
            print FILENAME ":" head ": " FNR - from + 1 " lines"
        from = 0
    }' < "$list")
report function <<< "$functions"

# Characters, not bytes; in the C locale grep would count bytes.
wide=$(LC_ALL=C.UTF-8 xargs grep -nE '^.{81,}' /dev/null < "$list" |
    cut -d: -f1 | uniq -c | awk '{ print $2 ": " $1 " lines over 80 columns" }')
report width <<< "$wide"

tabs=$(xargs grep -lP '\t' /dev/null < "$list" | sed 's/$/: holds a tab/')
report tab <<< "$tabs"

blank=$(xargs grep -nE '[[:space:]]+$' /dev/null < "$list" |
    cut -d: -f1,2 | sed 's/$/: blanks at the end/')
report blank <<< "$blank"

# The words are split so that this file may be searched too.
left=$(find Makefile common indexer searcher tests -name shape.sh -o -type f \
    -not -path 'tests/cases/*' -print | xargs grep -nE '\b(TO''DO|FIX''ME)\b' |
    cut -d: -f1,2 | sed 's/$/: something is left to do/')
report left <<< "$left"

heads=$(while IFS= read -r file; do
    head -n 1 "$file" | grep -qF "/* ${file##*/} -- " ||
        echo "$file: the first line is not \"/* ${file##*/} -- ...\""
done < "$list")
report head <<< "$heads"

twice=$(sed 's|.*/||' "$list" | grep -v '^main\.c$' | sort | uniq -d |
    sed 's/$/: two files have this name/')
report name <<< "$twice"

echo "$(wc -l < "$list") files, $bad breaches"
[ "$(wc -l < "$list")" -gt 20 ] && [ "$bad" -eq 0 ]
