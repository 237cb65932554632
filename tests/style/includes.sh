# includes.sh -- who may know whom.  Every include is spelled from the root,
# so its first folders name its room; the table below is the drawing of the
# house, and an include that is not in it fails.
cd "$(dirname "$0")/../.." || exit 1

# ROOM: the rooms whose headers it may include, besides its own.  A room is
# the longest of these names that a path begins with.
table='
common/base:
common/text: common/base
common/index: common/base
common/quotation: common/base
common/people: common/base
common/article: common/base common/text common/quotation
indexer/read: common/base common/text common/article
indexer/enrich: common/base common/text common/article common/quotation
indexer/invert: common/base common/text common/article common/quotation common/index
indexer: common indexer
searcher/query: common/base common/text common/index searcher/match searcher/collect
searcher/match: common/base common/index searcher/collect
searcher/collect: common/base common/index
searcher/present: common searcher/search searcher/quotes searcher/query
searcher/serve: common searcher/search searcher/query searcher/present
searcher/search: common searcher/query searcher/match searcher/collect
searcher: common searcher
tests/naive: common/base common/text common/article common/index/format searcher/query/query searcher/match/bm25 searcher/search
tests: common indexer searcher tests
'

# libxml2 and json-c are for the indexer: the searcher does not link them.
system='
libxml/ indexer/read/
json-c/ indexer/ tests/
microhttpd searcher/serve/
'

sources() {
    find common indexer searcher tests -name '*.[ch]' | LC_ALL=C sort
}

{
    printf '%s' "$table" | sed 's/^/room /'
    printf '%s' "$system" | sed 's/^/system /'
    sed -n 's/^include /allow /p' tests/style/allow
    sources | xargs grep -n '^[[:space:]]*#[[:space:]]*include' /dev/null |
        sed 's/^/line /'
} | awk '
function is_below(path, room)
{
    return index(path, room "/") == 1 || index(path, room ".") == 1 ||
           path == room
}
function room_of(path,    i, best)
{
    best = ""
    for (i = 1; i <= rooms; i++)
        if (is_below(path, name[i]) && length(name[i]) > length(best))
            best = name[i]
    return best
}
function may(room, target,    i, known)
{
    if (room_of(target) == room)
        return 1
    i = split(knows[room], known, " ")
    for (; i > 0; i--)
        if (is_below(target, known[i]))
            return 1
    return 0
}
function complain(where, text)
{
    print where ": " text
    bad++
}
function check_own(file, where, target,    room)
{
    room = room_of(file)
    if (target !~ /\//)
        complain(where, "not spelled from the root: " target)
    else if (system_missing(target))
        complain(where, "no such file: " target)
    else if ((file ">" target) in allowed)
        used[file ">" target] = 1
    else if (!may(room, target))
        complain(where, room " does not know " target)
}
function system_missing(path,    line, there)
{
    there = (getline line < path) >= 0
    close(path)
    return !there
}
function check_system(file, where, target,    i, j, places, place, ok)
{
    for (i = 1; i <= systems; i++) {
        if (index(target, prefix[i]) != 1)
            continue
        ok = 0
        places = split(users[i], place, " ")
        for (j = 1; j <= places; j++)
            ok += index(file, place[j]) == 1
        if (!ok)
            complain(where, "<" target "> belongs to " users[i])
    }
}
$1 == "room" && NF > 1 {
    name[++rooms] = substr($2, 1, length($2) - 1)
    $1 = $2 = ""
    knows[name[rooms]] = $0
}
$1 == "system" && NF > 1 {
    prefix[++systems] = $2
    $1 = $2 = ""
    users[systems] = $0
}
$1 == "allow" { allowed[$2] = 1 }
$1 == "line" {
    sub(/^line /, "")
    file = $0; sub(/:.*/, "", file)
    where = $0; match(where, /:[0-9]+:/)
    where = substr(where, 1, RSTART + RLENGTH - 2)
    target = $0; sub(/^[^"<]*["<]/, "", target); sub(/[">].*/, "", target)
    seen++
    if ($0 ~ /include[[:space:]]*"/)
        check_own(file, where, target)
    else
        check_system(file, where, target)
}
END {
    for (pair in allowed)
        if (!(pair in used))
            complain("tests/style/allow", "not needed: " pair)
    if (seen < 20)
        complain("includes.sh", "only " seen + 0 " includes found")
    printf "%d includes, %d wrong\n", seen, bad
    exit bad > 0
}'
