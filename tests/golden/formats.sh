# The real files of every format: how many articles each gives, how many of
# its records are rejected, and the first reason.  What others find in them is
# beside it in tests/bench/read_formats.
samples=$LEDE_SHARED/data/formats/samples.tar.xz
reuters=$LEDE_SHARED/data/news/reuters21578.sgml.tar.xz
[ -e "$samples" ] && [ -e "$reuters" ] || { echo "no data/formats"; exit 77; }
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
tar xf "$samples" && tar xf "$reuters" || exit 1
mv native formats/reuters21578
cat >table.py <<'END'
import collections, json, os, sys
files = sorted(os.path.join(at, name) for at, _, names in os.walk(".")
               for name in names)
files = [path[2:] for path in files if path.startswith("./formats/")]
articles, rejected, reason = collections.Counter(), collections.Counter(), {}
for line in open("dump", encoding="utf-8"):
    articles[json.loads(line)["file"]] += 1
known = set(files)
for line in open("told", encoding="utf-8", errors="replace"):
    line = line.rstrip("\n").removeprefix("lede-index: ")
    at = line.find(":")
    while at > 0 and line[:at] not in known:
        at = line.find(":", at + 1)
    if at > 0:
        rejected[line[:at]] += 1
        reason.setdefault(line[:at], line[at:].lstrip(": "))
for path in files:
    if articles[path] + rejected[path]:
        print(f"{articles[path]:6} {rejected[path]:3}  {path[8:]}"
              + (f"  ({reason[path]})" if path in reason else ""))
    else:
        print(f"{'silent':>10}  {path[8:]}")
END
lede-index add --dry-run --dump jsonl formats >dump 2>told </dev/null
python3 table.py
