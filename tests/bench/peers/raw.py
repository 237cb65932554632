#!/usr/bin/env python3
"""raw.py -- from raw JSON Lines to searchable, lede beside other engines,
each with its own analysis of English, words with positions and stored text,
one commit at the end (README.md here).

    CORPUS=file.jsonl   articles with id, title, body (required)
    PEERS='lede ...'    the engines; without it all scripts of this folder
    MEMORY=256M         each engine's buffer, and lede's cap
    WORK=folder         where the indexes go (build/bench)

A megabyte a second and core is the text, title and body, through the seconds
that all processors worked together.
"""
import json
import os
import sys

from compare import (Engine, ROOT, all_names, best_peer, head, number,
                     ratio_text, row, say, setting)

# Peers whose second variant differs only in the order of documents.
SAME = {"lucene-bp"}


def text_of(corpus):
    """(articles, bytes of title and body); warms the file, too."""
    count = size = 0
    with open(corpus, encoding="utf-8") as file:
        for line in file:
            article = json.loads(line)
            count += 1
            for name in ("title", "body"):
                size += len((article.get(name) or "").encode())
    return count, size


def main():
    corpus = os.environ.get("CORPUS")
    if not corpus or not os.path.exists(corpus):
        sys.exit("bench-raw: say CORPUS=file.jsonl")
    work = setting("WORK", ROOT + "/build/bench") + "/raw"
    os.makedirs(work, exist_ok=True)
    articles, text = text_of(corpus)
    engines, absent = [], []
    for name in setting("PEERS", "").split() or all_names():
        if name in SAME:
            continue
        engine = Engine(name, work)
        say("raw: " + name)
        good = engine.prepare() and engine.build("raw", corpus)
        (engines if good else absent).append(engine)
    print("%d articles, %d bytes of title and body\n" % (articles, text))
    head(["engine", "seconds", "cpu s", "articles/s", "text MB/s and core",
          "times the best peer", "peak MB", "index bytes per text byte"])
    best, _ = best_peer(engines, lambda engine: engine.cpu)
    for engine in engines:
        size = sum(engine.files().values())
        speed = best / engine.cpu if best else None
        goal = "" if engine.name != "lede" or speed is None else (
            " (4.00%s)" % ("" if speed >= 4 else ", missed"))
        row([engine.name, "%.1f" % engine.seconds, "%.1f" % engine.cpu,
             number(articles / engine.seconds),
             "%.2f" % (text / engine.cpu / 1e6),
             ratio_text(speed, None) + goal, number(engine.peak / 1e6),
             "%.2f" % (size / text)])
    for engine in absent:
        print("%s: left out: %s" % (engine.name, engine.missing))


if __name__ == "__main__":
    main()
