# gzip, bzip2 and xz are opened on the way in, from files and from standard
# input, by what they hold and not by their names; an archive that is cut
# short gives what is there, and says so.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
run() { echo "\$ lede-index $*"; lede-index -i news.lede "$@" 2>&1; echo "exit $?"; }
python3 - <<'END'
import bz2, gzip, json, lzma
def lines(kind, count):
    return "".join(json.dumps({"id": f"{kind}{i}", "title": f"{kind} {i}",
        "body": f"Report {i} of {kind}: " + str(i * 7919 % 10007),
        "source": "Wire"}) + "\n" for i in range(count)).encode()
for kind, module in ("gzip", gzip), ("bzip2", bz2), ("xz", lzma):
    open(kind + ".jsonl", "wb").write(module.compress(lines(kind, 3)))
whole = gzip.compress(lines("cut", 2000))
open("cut.jsonl.gz", "wb").write(whole[:len(whole) // 2])
END
run add gzip.jsonl bzip2.jsonl
run add - <xz.jsonl
run add --json cut.jsonl.gz | sed -E 's/(line |jsonl.gz:|byte )[0-9]+/\1N/g; s/("(seen|added)":)[0-9]{3,}/\1N/g'
lede-search -i news.lede -n 1 'title:bzip2'
