# All that some people say in corpus/, against tests/cases/said.tsv, which was
# written by reading the articles: what is missed, and what is found that they
# did not say. What the finder is known not to manage is counted here; neither
# number may grow. LEDE_SAID=1 prints each of them.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
lede-index -q -i "$work/index" add corpus/ || exit 1
lede-index -q add --dry-run --dump jsonl corpus/ >"$work/articles" || exit 1
cut -f 1 tests/cases/said.tsv | grep -v '^#' | uniq | while IFS= read -r person
do
    about=
    case $person in *' on '*) about=${person#* on } ;; esac
    lede-search -i "$work/index" --format json -n 1000 --quotes \
        --speaker "${person% on *}" -e "$about" >"$work/$person.json"
done
MISSED=103 WRONG=23 python3 - "$work" <<'END'
import collections, json, os, sys

work = sys.argv[1]
texts = collections.defaultdict(list)       # file: [(title, lead, body)]
for line in open(work + "/articles", encoding="utf-8"):
    a = json.loads(line)
    texts[a["file"]].append((a["title"], (a["lead"] or "").encode(),
                             a["body"].encode()))


def place(file, words):
    """Where the words stand: (file, title, lead or body), first byte, last."""
    first, _, last = (part.strip().encode() for part in words.partition("…"))
    for title, lead, body in texts[file]:
        for where, text in (("lead", lead), ("body", body)):
            at = text.find(first)
            if at < 0 or (last and text.find(last, at) < 0):
                continue
            end = text.find(last, at) + len(last) if last else at + len(first)
            return (file, title, where), at, end
    sys.exit(f"not in {file}: {words}")


def found(person):
    for line in open(f"{work}/{person}.json", encoding="utf-8"):
        q = json.loads(line)
        if q["type"] != "quote":
            continue
        for at in [q] + q["also"] + q["variants"]:
            if at["where"] != "title":
                yield ((at["path"], at["title"], at["where"]), at["start"],
                       at["end"], at.get("text", q["text"]))


rows = collections.defaultdict(list)
for line in open("tests/cases/said.tsv", encoding="utf-8"):
    if not line.startswith("#"):
        person, file, kind, words = line.rstrip("\n").split("\t")
        rows[person].append((kind, words) + place("corpus/" + file, words))

total = missed = wrong = 0
for person, said in rows.items():
    answer = list(found(person))
    bad = []
    for kind, words, where, start, end in said:
        got = set()
        for at, s, e, _ in answer:
            if at == where:
                got.update(range(max(s, start), min(e, end)))
        if kind != "open":
            total += 1
            if 2 * len(got) < end - start:
                bad.append(f"{person}, {where[0]}: not found: {words}")
                missed += 1
    for at, s, e, text in answer:
        own = set()
        for _, _, where, start, end in said:
            if at == where:
                own.update(range(max(s, start), min(e, end)))
        if 2 * len(own) < e - s:
            bad.append(f"{person}, {at[0]}: did not say: {text}")
            wrong += 1
    if os.environ.get("LEDE_SAID"):
        print("\n".join(bad))
known = int(os.environ["MISSED"]), int(os.environ["WRONG"])
print(f"{total} statements: {missed} missed, {wrong} wrong; "
      f"known are {known[0]} and {known[1]}")
sys.exit(missed > known[0] or wrong > known[1])
END
