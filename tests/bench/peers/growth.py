#!/usr/bin/env python3
"""growth.py -- how cost grows with the number of articles: generated corpora
of several sizes (generate.c), on the stream of words of compare.py.

    CORPUS=file.jsonl   the articles that are continued (required)
    SIZES='30000 100000 300000 1000000'
    ALONE=3000000       one more size, for lede alone
    PEERS='lede lucene lucene-bp tantivy'   (default)
    PEERS_UPTO='xapian 100000 sqlite 100000'
                        engines that are measured up to a size only
    QUERIES=file.txt    the same for all sizes; without it 120 of each form
                        that queries.py makes of CORPUS
    KEEP=1              corpora and the peers' indexes stay, and are used
                        where they are there; else they go as it goes on
    WORK=folder         build/growth

Prints, and writes to WORK/growth.tsv, a line for engine and size: build
seconds and processor seconds, peak bytes, index bytes, and the median of
TOP_10 for `a b`, `+a +b` and `"a b"` in microseconds.  bits.tsv has how the
corpora compare with the source in bits; plot.py draws growth.tsv; summary.md
has both as tables for a page.
"""
import os
import random
import subprocess
import sys

from compare import FORMS, HERE, ROOT, TOOLS, form_of, say, setting

COLUMNS = ["engine", "articles", "seconds", "cpu", "peak", "bytes",
           "any us", "all us", "phrase us"]
ASKED = [("TOP_10", "a b"), ("TOP_10", "+a +b"), ("TOP_10", '"a b"')]


def run(command, **more):
    return subprocess.run(command, check=True, text=True, **more)


def kept(path):
    return bool(os.environ.get("KEEP")) and os.path.exists(path)


def count_bits(docs, name, out):
    """A line of bits.tsv, under a heading when it is the first."""
    if not kept(docs + ".bits"):
        with open(docs + ".bits", "w", encoding="utf-8") as file:
            run([TOOLS + "/bits", docs + ".txt"], stdout=file)
    with open(docs + ".bits", encoding="utf-8") as file:
        lines = file.read().split("\n")
    if out.tell() == 0:
        out.write("corpus\t" + lines[0] + "\n")
    out.write(name + "\t" + lines[1] + "\n")
    out.flush()


def pick_queries(corpus, work):
    """120 queries of each form, out of those of queries.py."""
    path = work + "/queries.txt"
    made = run([HERE + "/queries.py", corpus, work + "/source.txt"],
               stdout=subprocess.PIPE).stdout
    forms = {form: [] for form in FORMS}
    for line in made.splitlines():
        forms[form_of(line.split("\t")[-1])].append(line)
    with open(path, "w", encoding="utf-8") as out:
        for _, form in ASKED:
            random.Random(3).shuffle(forms[form])
            out.writelines(line + "\n" for line in forms[form][:120])
    return path


def read_results(path):
    """{engine: {"bytes": value, ..., (command, form): median}}"""
    found = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            engine = found.setdefault(fields[0], {})
            if fields[2]:
                engine[fields[1], fields[2]] = float(fields[5])
            else:
                engine[fields[1]] = float(fields[3])
    return found


def measure(size, corpus, engines, queries, work):
    """Measures one size; lines of growth.tsv."""
    folder = "%s/%d" % (work, size)
    os.makedirs(folder, exist_ok=True)
    made = folder + "/made.jsonl"
    if not kept(made):
        with open(made, "w", encoding="utf-8") as out:
            run([TOOLS + "/generate", corpus, str(size)], stdout=out)
    environment = dict(
        os.environ, CORPUS=made, QUERIES=queries, WORK=folder,
        PEERS=" ".join(engines), COMMANDS="TOP_10",
        CHECK="lede" if len(engines) > 1 else "none",
        PASSES="2", BUDGET="20")
    with open(folder + "/table.md", "w", encoding="utf-8") as out:
        run([HERE + "/compare.py"], env=environment, stdout=out)
    lines = []
    for name, values in read_results(folder + "/results.tsv").items():
        lines.append([name, str(size)] + ["%g" % values[what] for what in
                                          ("seconds", "cpu")] +
                     ["%d" % values[what] for what in ("peak", "bytes")] +
                     ["%.1f" % values.get(lane, 0) for lane in ASKED])
    return folder, lines


def clean(folder):
    for name in os.listdir(folder):
        path = folder + "/" + name
        if name.endswith((".jsonl", ".txt")):
            os.remove(path)
        elif name.endswith(".index"):
            run(["rm", "-rf", path])


def write_summary(work):
    """lede's lines of growth.tsv beside the bits of the corpora."""
    with open(work + "/growth.tsv", encoding="utf-8") as file:
        rows = [line.split("\t") for line in file.read().splitlines()[1:]]
    with open(work + "/bits.tsv", encoding="utf-8") as file:
        bits = {line.split("\t")[1]: line.split("\t")
                for line in reversed(file.read().splitlines()[1:])}
    with open(work + "/summary.md", "w", encoding="utf-8") as out:
        out.write("| articles | distinct words | bits of a gap, frequency, "
                  "position | build, processor s | peak MB | index MB | median "
                  "of `a b`, `+a +b`, `\"a b\"`, top 10 |\n" + "|---" * 7 +
                  "|\n")
        lines = [line for line in rows if line[0] == "lede"]
        known = {line[1] for line in lines}
        lines += [["", size] + [""] * 7 for size in bits if size not in known]
        for line in sorted(lines, key=lambda line: int(line[1])):
            _, size, _, cpu, peak, index, *medians = line
            count = bits.get(size)
            out.write("| %s | %s | %s | %s | %s | %s | %s |\n" % (
                "{:,}".format(int(size)) + ("" if cpu else ", real"),
                "{:,}".format(int(count[3])) if count else "",
                ", ".join("%.2f" % float(b) for b in count[5:]) if count
                else "", "%.0f" % float(cpu) if cpu else "",
                "%.0f" % (int(peak) / 1e6) if peak else "",
                "%.0f" % (int(index) / 1e6) if index else "",
                ", ".join(medians) + " µs" if medians[0] else ""))


def main():
    corpus = os.environ.get("CORPUS")
    if not corpus or not os.path.exists(corpus):
        sys.exit("bench-growth: say CORPUS=file.jsonl")
    work = setting("WORK", ROOT + "/build/growth")
    os.makedirs(work, exist_ok=True)
    sizes = [int(size) for size in
             setting("SIZES", "30000 100000 300000 1000000").split()]
    engines = setting("PEERS", "lede lucene lucene-bp tantivy").split()
    upto = setting("PEERS_UPTO", "xapian 100000 sqlite 100000").split()
    alone = int(setting("ALONE", "3000000"))
    source = work + "/source"
    if not kept(source + ".txt"):
        run([TOOLS + "/peers/tokens", corpus, source],
            stdout=subprocess.DEVNULL)
    queries = os.environ.get("QUERIES") or pick_queries(corpus, work)
    with open(work + "/growth.tsv", "w", encoding="utf-8") as out, \
            open(work + "/bits.tsv", "w", encoding="utf-8") as bits:
        count_bits(source, "source", bits)
        out.write("\t".join(COLUMNS) + "\n")
        for size in sizes + [alone] * (alone > 0):
            say("growth: %d articles" % size)
            names = ["lede"] if size == alone else engines + [
                name for name, most in zip(upto[::2], upto[1::2])
                if size <= int(most)]
            folder, lines = measure(size, corpus, names, queries, work)
            for line in lines:
                print("\t".join(line), flush=True)
                out.write("\t".join(line) + "\n")
            out.flush()
            if size != alone:
                count_bits(folder + "/docs", "generated", bits)
            if not os.environ.get("KEEP"):
                clean(folder)
    write_summary(work)


if __name__ == "__main__":
    main()
