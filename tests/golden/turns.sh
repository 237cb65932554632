# Who says each turn of a transcript: tests/cases/turns.txt, in many layouts.
# A turn is right if all that is found in it is its speaker's, and something is.
# 98 of 100 must be. LEDE_TURNS=1 prints the others.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/turns.py" <<'END'
import json, os, sys


def documents(path):
    """(language, title, [(speakers, paragraphs)]) of each document."""
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            continue
        if line.startswith("%% "):
            language, title = line[3:].split(" ", 1)
            turns = []
            yield language, title, turns
        elif line.startswith("@"):
            turns.append((line[1:], []))
        elif line:
            turns[-1][1].append(line)


work, told = sys.argv[1:]
articles = list(documents("tests/cases/turns.txt"))
if told == "articles":
    for language, title, turns in articles:
        body = "\n\n".join(p for _, paragraphs in turns for p in paragraphs)
        print(json.dumps({"id": title, "lang": language, "title": title,
                          "body": body}))
    sys.exit()
quotes = {}
for line in open(work + "/quotes", encoding="utf-8"):
    a = json.loads(line)
    quotes[a["id"]] = a["quotes"]
total = right = 0
for _, title, turns in articles:
    at = 0
    for speakers, paragraphs in turns:
        end = at + sum(len(p.encode()) + 2 for p in paragraphs)
        mine = [q for q in quotes.get(title, [])
                if at <= q["start"] < end and q["where"] == "body"]
        at = end
        names = speakers.lower().split("|")
        said = [" ".join((q["speaker"] or "", q["speaker_name"] or "")).lower()
                for q in mine]
        if speakers == "-":
            continue
        total += 1
        if said and all(any(n in s for n in names) for s in said):
            right += 1
        elif os.environ.get("LEDE_TURNS"):
            print(f"{title}: {speakers}: {said}: {paragraphs[-1]}")
print(f"{total} turns, {right} right")
sys.exit(total < 200 or 100 * right < 98 * total)
END
python3 "$work/turns.py" "$work" articles >"$work/articles.jsonl" &&
lede-index -q add --dry-run --dump quotes "$work/articles.jsonl" >"$work/quotes" &&
python3 "$work/turns.py" "$work" answers
