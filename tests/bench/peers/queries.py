#!/usr/bin/env python3
"""queries.py -- makes the queries of the bench out of a corpus.

    queries.py FILE.jsonl DOCS.txt [SEED] > queries.txt

One query a line, "kind TAB query"; the same ones for the same corpus and
seed.  Kinds, and in which forms each is asked:

    title    two to eight words in a row of a title     a b   +a +b   +a b
    name     two capitalised words in a row             a b   +a +b   "a b"
    phrase   two to four words in a row of a body       "a b"   +a +b
    stop     three to five words in a row, all of them  "a b"   a b   +a +b
             among the 100 most frequent
    pair     two of the 300 most frequent words         a b  +a +b  +a b  +a -b
    mixed    a frequent word beside a rarer one         +a b   +a -b
    paste    a paragraph of 25 to 60 words              a b

Words are those of DOCS.txt (tokens.c).  Reservoir sampling (Vitter's
algorithm R, 1985) over the documents, so the corpus is read once.
"""
import collections
import json
import random
import re
import sys

COUNTS = {"title": 250, "name": 200, "phrase": 250, "stop": 120, "pair": 150,
          "mixed": 150, "paste": 40}
FORMS = {"title": "any all optional", "name": "any all phrase",
         "phrase": "phrase all", "stop": "phrase any all",
         "pair": "any all optional without", "mixed": "optional without",
         "paste": "any"}
NAME = re.compile(r"(?<![.!?] )(?<!^)\b([A-Z][a-z]{2,14}) ([A-Z][a-z]{2,14})\b")


class Reservoir:
    def __init__(self, size, rng):
        self.size, self.rng, self.seen, self.items = size, rng, 0, []

    def offer(self, item):
        self.seen += 1
        if len(self.items) < self.size:
            self.items.append(item)
        else:
            place = self.rng.randrange(self.seen)
            if place < self.size:
                self.items[place] = item


def sample_words(docs, rng, kept):
    """Counts document frequencies on every document up to 20,000 of them."""
    frequency = collections.Counter()
    with open(docs, encoding="utf-8") as file:
        for number, line in enumerate(file):
            words = line.split()
            if number < 20000:
                frequency.update(set(words))
            if len(words) < 70:
                continue
            at = rng.randrange(len(words) - 65)
            kept["phrase"].offer(words[at:at + 2 + rng.randrange(3)])
            kept["paste"].offer(words[at:at + 25 + rng.randrange(36)])
            kept["run"].offer(words)
    return [word for word, _ in frequency.most_common(20000)]


def sample_titles(corpus, rng, kept, known):
    with open(corpus, encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            words = re.findall(r"[a-z0-9]+", article.get("title", "").lower())
            words = [word for word in words if word in known]
            if len(words) >= 2:
                size = min(len(words), 2 + rng.randrange(7))
                at = rng.randrange(len(words) - size + 1)
                kept["title"].offer(words[at:at + size])
            names = NAME.findall(article.get("body", "")[:2000])
            if names:
                name = [part.lower() for part in rng.choice(names)]
                if all(part in known for part in name):
                    kept["name"].offer(name)


def stop_phrases(documents, stop, rng, size):
    """Runs of very frequent words that stand in these documents."""
    found = set()
    for words in documents:
        run = []
        for word in words + [""]:
            if word in stop:
                run.append(word)
                continue
            if len(run) >= 3:
                length = min(len(run), 3 + rng.randrange(3))
                at = rng.randrange(len(run) - length + 1)
                found.add(tuple(run[at:at + length]))
            run = []
    found = sorted(found)
    rng.shuffle(found)
    return [list(words) for words in found[:size]]


def written(words, form):
    if form == "any":
        return " ".join(words)
    if form == "all":
        return " ".join("+" + word for word in words)
    if form == "phrase":
        return '"%s"' % " ".join(words)
    sign = "" if form == "optional" else "-"
    return "+" + " ".join([words[0]] + [sign + word for word in words[1:]])


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    kept = {kind: Reservoir(size, rng) for kind, size in COUNTS.items()}
    kept["run"] = Reservoir(2000, rng)
    frequent = sample_words(sys.argv[2], rng, kept)
    sample_titles(sys.argv[1], rng, kept, set(frequent))
    made = {kind: kept[kind].items for kind in COUNTS}
    made["stop"] = stop_phrases(kept["run"].items, set(frequent[:100]), rng,
                                COUNTS["stop"])
    made["pair"] = [rng.sample(frequent[:300], 2)
                    for _ in range(COUNTS["pair"])]
    made["mixed"] = [[rng.choice(frequent[:1000]), rng.choice(frequent[300:])]
                     for _ in range(COUNTS["mixed"])]
    for kind in COUNTS:
        for form in FORMS[kind].split():
            for words in made[kind]:
                print("%s\t%s" % (kind, written(words, form)))


if __name__ == "__main__":
    main()
