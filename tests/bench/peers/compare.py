#!/usr/bin/env python3
"""compare.py -- lede beside other engines on one stream of words: builds
every index, checks every answer, prints one table (README.md here).

Settings come from the environment:

    CORPUS=file.jsonl   articles with id, title, body (required)
    QUERIES=file.txt    "kind TAB query" or "query" lines; without it those
                        that queries.py makes of the corpus
    PEERS='lede ...'    the engines; without it all scripts of this folder
    COMMANDS='TOP_10 ...'   without it all five
    WORK=folder         where indexes and results go (build/bench)
    PASSES=3            how often each query is timed, after one unclocked
                        pass; the least time counts
    BUDGET=10           seconds an engine may spend on a command and a form;
                        one that is slower is timed on fewer queries, marked *
    KEEP=1              the stream of words and the peers' indexes are used
                        where they are there
    CHECK='lede ...'    whose answers are checked; without it all engines'

WORK/results.tsv gets the figures as lines, WORK/summary.md the lanes that have
a ratio to reach.  Status 1: an engine whose answers are to equal the exhaustive scorer's gave
another one.
"""
import collections
import os
import random
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.realpath(HERE + "/../../..")
TOOLS = ROOT + "/build/release/tests/bench"
COMMANDS = ["TOP_10", "TOP_100", "TOP_1000", "COUNT", "TOP_100_COUNT"]
FORMS = ["a b", "+a +b", '"a b"', "+a b", "+a -b"]
# Against which exhaustive scorer answers are checked; None: another formula,
# so that only the totals are.
SCORER = {"xapian": None, "sqlite": None, "lede": "exact"}
# Ratios to the best peer to reach, of median and 99th percentile.
GOALS = {("TOP_10", "+a +b"): (.60, .50), ("TOP_10", "a b"): (.60, .45),
         ("TOP_1000", "a b"): (.55, .45), ("TOP_10", '"a b"'): (.50, .25),
         ("COUNT", "+a +b"): (.60, .50), ("COUNT", "a b"): (.60, .50),
         ("TOP_100_COUNT", "a b"): (.50, .30)}
BYTES_GOAL = .85
# Floats of other orders of addition differ in the last bits.
TOLERANCE = 4e-6


def setting(name, default):
    return os.environ.get(name) or default


def say(text):
    print(text, file=sys.stderr, flush=True)


def form_of(query):
    if query.startswith('"'):
        return '"a b"'
    signs = {word[0] if word[0] in "+-" else "" for word in query.split()}
    if signs == {"+"}:
        return "+a +b"
    if signs == {""}:
        return "a b"
    return "+a -b" if "-" in signs else "+a b"


class Driver:
    """A process that speaks the protocol."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, command, query):
        """(nanoseconds or None, total or reason, hits as text)"""
        self.process.stdin.write(("%s\t%s\n" % (command, query)).encode())
        self.process.stdin.flush()
        line = self.process.stdout.readline().decode().rstrip("\n")
        if not line:
            raise SystemExit("an engine ended at: %s %s" % (command, query))
        time_, total, *hits = line.split("\t")
        if time_ == "-":
            return None, total, ""
        return int(time_), total, hits[0] if hits else ""

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def hits_of(text):
    pairs = (pair.split(":") for pair in text.split())
    return [(int(doc), float(score)) for doc, score in pairs]


class Engine:
    """A peer: its index, what that cost, its times and mistakes."""

    def __init__(self, name, work):
        self.name, self.index = name, "%s/%s.index" % (work, name)
        self.script = "%s/%s.sh" % (HERE, name)
        self.cost_file = "%s/%s.cost" % (work, name)
        self.scorer = SCORER.get(name, "byte")
        self.missing = None
        self.lanes, self.unable = {}, {}
        self.checked = self.wrong = self.ties = 0
        self.examples = []

    def prepare(self):
        done = subprocess.run([self.script, "prepare"], text=True,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            self.missing = done.stdout.strip().split("\n")[-1]
        return not done.returncode

    def read_cost(self):
        with open(self.cost_file, encoding="ascii") as file:
            seconds, cpu, peak = file.read().split()
        self.seconds, self.cpu = float(seconds), float(cpu)
        self.peak = int(peak) * 1024

    def build(self, verb, source):
        if (os.environ.get("KEEP") and self.name != "lede" and
                os.path.exists(self.cost_file)):
            self.read_cost()
            return True
        shutil.rmtree(self.index, ignore_errors=True)
        if os.path.exists(self.cost_file):
            os.remove(self.cost_file)
        done = subprocess.run(
            [TOOLS + "/measure", self.cost_file, self.script, verb,
             self.index, source], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            self.missing = "cannot index: " + done.stdout.strip()[-200:]
            if os.path.exists(self.cost_file):
                os.remove(self.cost_file)
            return False
        self.read_cost()
        return True

    def files(self):
        """Bytes by the files' endings."""
        sizes = collections.Counter()
        for folder, _, names in os.walk(self.index):
            for name in names:
                ending = name.rsplit(".", 1)[-1]
                sizes[ending] += os.path.getsize(folder + "/" + name)
        return sizes

    def bytes(self):
        """Of the index without stored text."""
        return sum(size for ending, size in self.files().items()
                   if ending != "store")

    def start(self):
        self.driver = Driver([self.script, "ask", self.index])


# --- Checking -----------------------------------------------------------

def near(a, b):
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b), 1e-9)


def check_hits(engine, hits, right, k):
    """Compares with the scorer's best 1,000: score by score at each rank, and
    each id's own score; ids of one score may stand in another order.  What is
    wrong, or None."""
    want = right[:k]
    if len(hits) != len(want):
        return "%d hits, not %d" % (len(hits), len(want))
    scores = dict(right)
    for rank, (mine, other) in enumerate(zip(hits, want)):
        if not near(mine[1], other[1]):
            return "rank %d: score %.9g, not %.9g" % (rank, mine[1], other[1])
        if mine[0] == other[0]:
            continue
        engine.ties += 1
        if mine[0] in scores:
            if not near(mine[1], scores[mine[0]]):
                return "rank %d: %d scores %.9g, not %.9g" % (
                    rank, mine[0], mine[1], scores[mine[0]])
        elif not near(mine[1], right[-1][1]):
            return "rank %d: %d is not among the best" % (rank, mine[0])
    return None


class Scorers:
    """The exhaustive scorers, each started when it is needed, and what they
    said."""

    def __init__(self, docs):
        self.docs, self.drivers, self.known = docs, {}, {}

    def right(self, kind, query):
        """(total, best 1,000)"""
        key = kind, query
        if key not in self.known:
            if kind not in self.drivers:
                self.drivers[kind] = Driver([TOOLS + "/peers/oracle",
                                             self.docs, kind])
            driver = self.drivers[kind]
            _, total, _ = driver.ask("COUNT", query)
            _, _, hits = driver.ask("TOP_1000", query)
            self.known[key] = int(total), hits_of(hits)
        return self.known[key]


def check(engine, scorers, command, query, total, hits):
    if engine.name not in setting("CHECK", engine.name).split():
        return
    right_total, right = scorers.right(engine.scorer or "exact", query)
    wrong = None
    if total != "-" and int(total) != right_total:
        wrong = "total %s, not %d" % (total, right_total)
    if command != "COUNT" and engine.scorer and not wrong:
        wrong = check_hits(engine, hits_of(hits), right,
                           int(command.split("_")[1]))
    engine.checked += 1
    if wrong:
        engine.wrong += 1
        if len(engine.examples) < 5:
            engine.examples.append("%s %s: %s" % (command, query, wrong))


# --- Timing -------------------------------------------------------------

def time_lane(engine, scorers, lane, queries, passes, budget):
    """Microseconds of each query, and whether all were asked."""
    command = lane[0]
    least, spent = {}, 0
    for number in range(passes + 1):
        for query in queries:
            if spent > budget * 1e9 and (number > 1 or query not in least):
                break
            nanoseconds, total, hits = engine.driver.ask(command, query)
            if nanoseconds is None:
                engine.unable[lane] = total
                return
            spent += nanoseconds
            if number == 0:
                check(engine, scorers, command, query, total, hits)
                least[query] = nanoseconds
            elif number == 1:
                least[query] = nanoseconds
            else:
                least[query] = min(least[query], nanoseconds)
    engine.lanes[lane] = [t / 1000 for t in least.values()]


def warm(engine, queries, seconds):
    end = time.monotonic() + seconds
    for query in queries:
        if time.monotonic() > end:
            return
        for command in ("TOP_10", "COUNT"):
            engine.driver.ask(command, query)


def ask_all(engines, scorers, lanes, passes, budget):
    every = [query for queries in lanes.values() for query in queries]
    random.Random(7).shuffle(every)
    for engine in engines:
        engine.start()
        warm(engine, every, 8)
    for lane, queries in lanes.items():
        say("%s %s" % lane)
        for engine in engines:
            time_lane(engine, scorers, lane, queries, passes, budget)


# --- The table ----------------------------------------------------------

def statistics(times):
    ordered = sorted(times)
    return (sum(ordered) / len(ordered), ordered[len(ordered) // 2],
            ordered[len(ordered) - 1 - len(ordered) // 100])


def number(value):
    return "%.0f" % value if value >= 100 else "%.3g" % value


def row(cells):
    print("| " + " | ".join(cells) + " |")


def head(cells):
    row(cells)
    print("|" + "---|" * len(cells))


def best_peer(engines, value):
    """The least value of the others, and whose; (None, "") without any."""
    peers = [(value(engine), engine.name) for engine in engines
             if engine.name != "lede"]
    peers = [peer for peer in peers if peer[0] is not None]
    return min(peers) if peers else (None, "")


def ratio_text(ratio, goal):
    if ratio is None:
        return "-"
    text = "%.2f" % ratio
    if goal:
        text += " (%.2f%s)" % (goal, "" if ratio <= goal else ", missed")
    return text


def print_costs(engines, documents, words):
    head(["engine", "index bytes", "bytes/word", "of best peer", "build s",
          "build cpu s", "peak MB", "answers checked", "wrong"])
    best, _ = best_peer(engines, lambda engine: engine.bytes())
    for engine in engines:
        size = engine.bytes()
        goal = BYTES_GOAL if engine.name == "lede" else None
        row([engine.name, str(size), "%.2f" % (size / words),
             ratio_text(size / best if best else None, goal),
             "%.1f" % engine.seconds, "%.1f" % engine.cpu,
             "%.0f" % (engine.peak / 1e6),
             "%d%s" % (engine.checked, "" if engine.scorer
                       else " (totals only)"), str(engine.wrong)])
    print()


def figures_of(engines, lane, queries):
    """By engine: statistics, and on how many queries."""
    return {engine.name: (statistics(engine.lanes[lane]),
                          len(engine.lanes[lane]))
            for engine in engines if engine.lanes.get(lane)}


def ratios_of(figures, queries):
    """lede's average, median and 99th percentile through the least of the
    peers that were asked everything; and whose median is the least."""
    whole = {name: values for name, (values, count) in figures.items()
             if count == len(queries) and name != "lede"}
    if not whole:
        return [None] * 3, ""
    mine = figures.get("lede", (None, 0))[0]
    ratios = [mine[place] / min(values[place] for values in whole.values())
              if mine else None for place in range(3)]
    return ratios, min(whole, key=lambda name: whole[name][1])


def print_lanes(engines, lanes):
    head(["command", "form", "queries"] +
         [engine.name + " avg/p50/p99 us" for engine in engines] +
         ["best peer", "ratio avg", "ratio p50", "ratio p99"])
    for lane, queries in lanes.items():
        figures, cells = figures_of(engines, lane, queries), []
        for engine in engines:
            if engine.name not in figures:
                cells.append("missing")
                continue
            values, count = figures[engine.name]
            cells.append("/".join(map(number, values)) +
                         ("" if count == len(queries) else " *%d" % count))
        ratios, name = ratios_of(figures, queries)
        goal = GOALS.get(lane, (None, None))
        row([lane[0], "`%s`" % lane[1], str(len(queries))] + cells +
            [name, ratio_text(ratios[0], None), ratio_text(ratios[1], goal[0]),
             ratio_text(ratios[2], goal[1])])
    print()


def summary_costs(engines, words):
    """Bytes, build and correctness in a few columns."""
    best, _ = best_peer(engines, lambda engine: engine.bytes())
    lines = ["| engine | index MB | bits a word | build, processor s | peak MB"
             " | answers checked, wrong |", "|---|---|---|---|---|---|"]
    for engine in engines:
        size, share = engine.bytes(), ""
        if engine.name == "lede" and best:
            share = ", %s of the least" % ratio_text(size / best, BYTES_GOAL)
        lines.append("| %s | %.1f%s | %.2f | %.1f | %.0f | %s |" % (
            engine.name, size / 1e6, share, 8 * size / words, engine.cpu,
            engine.peak / 1e6, "%d, %d%s" % (
                engine.checked, engine.wrong,
                "" if engine.scorer else " (totals)")))
    return lines


def write_summary(path, engines, lanes, documents, words):
    """The lanes with a ratio to reach, narrow enough for a page."""
    asked = {query for queries in lanes.values() for query in queries}
    lines = ["{:,} documents, {:,} words, {:,} queries.".format(
        documents, words, len(asked)), ""]
    lines += ["| command, form | lede p50 / p99 µs | best peer p50 / p99 µs"
              " | ratio p50 (to reach) | ratio p99 (to reach) |",
              "|---|---|---|---|---|"]
    for lane, queries in lanes.items():
        figures = figures_of(engines, lane, queries)
        ratios, name = ratios_of(figures, queries)
        if lane not in GOALS or not name or "lede" not in figures:
            continue
        mine = figures["lede"][0]
        best = [min((figures[peer][0][place], peer) for peer in figures
                    if peer != "lede" and figures[peer][1] == len(queries))
                for place in (1, 2)]
        lines.append("| %s `%s` | %s / %s | %s %s / %s %s | %s | %s |" % (
            lane + (number(mine[1]), number(mine[2]),
                    best[0][1], number(best[0][0]),
                    best[1][1], number(best[1][0]),
                    ratio_text(ratios[1], GOALS[lane][0]),
                    ratio_text(ratios[2], GOALS[lane][1]))))
    lines += [""] + summary_costs(engines, words)
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")


def print_notes(engines, absent):
    for engine in engines:
        if engine.ties:
            print("%s: %d places hold another article of the same score"
                  % (engine.name, engine.ties))
        for example in engine.examples:
            print("%s: WRONG %s" % (engine.name, example))
        for lane, why in engine.unable.items():
            print("%s: no %s of %s: %s" % ((engine.name,) + lane + (why,)))
    for engine in absent:
        print("%s: left out: %s" % (engine.name, engine.missing))
    for engine in engines:
        print("%s files: %s" % (engine.name, ", ".join(
            "%s %d" % item for item in engine.files().most_common(12))))


def write_results(path, engines, lanes):
    """The same as lines, for other scripts."""
    with open(path, "w", encoding="utf-8") as out:
        for engine in engines:
            for what, value in (("bytes", engine.bytes()),
                                ("seconds", engine.seconds),
                                ("cpu", engine.cpu), ("peak", engine.peak),
                                ("wrong", engine.wrong)):
                out.write("%s\t%s\t\t%s\n" % (engine.name, what, value))
            for lane, queries in lanes.items():
                times = engine.lanes.get(lane)
                if times:
                    out.write("%s\t%s\t%s\t%d/%d\t%.2f\t%.2f\t%.2f\n" % (
                        (engine.name,) + lane + (len(times), len(queries)) +
                        statistics(times)))


# --- The whole ----------------------------------------------------------

def read_queries(path):
    """Queries by form, each once, in an order of chance."""
    forms = {form: {} for form in FORMS}
    with open(path, encoding="utf-8") as file:
        for line in file:
            query = line.rstrip("\n").split("\t")[-1].strip()
            if query:
                forms[form_of(query)][query] = None
    shuffled = {}
    for form, queries in forms.items():
        shuffled[form] = list(queries)
        random.Random(1).shuffle(shuffled[form])
    return shuffled


def make_input(corpus, work):
    """The stream of words; (prefix of its files, documents, words, text)"""
    docs = work + "/docs"
    if not os.environ.get("KEEP") or not os.path.exists(work + "/counts"):
        with open(work + "/counts", "w", encoding="utf-8") as out:
            subprocess.run([TOOLS + "/peers/tokens", corpus, docs],
                           stdout=out, check=True)
    with open(work + "/counts", encoding="utf-8") as file:
        return (docs,) + tuple(map(int, file.read().split()))


def queries_file(corpus, docs, work):
    path = os.environ.get("QUERIES")
    if path:
        return path
    path = work + "/queries.txt"
    with open(path, "w", encoding="utf-8") as out:
        subprocess.run([HERE + "/queries.py", corpus, docs + ".txt"],
                       stdout=out, check=True)
    return path


def all_names():
    names = sorted(name[:-3] for name in os.listdir(HERE)
                   if name.endswith(".sh") and name != "native.sh")
    names.remove("lede")
    return ["lede"] + names


def main():
    corpus = os.environ.get("CORPUS")
    if not corpus or not os.path.exists(corpus):
        sys.exit("bench-peers: say CORPUS=file.jsonl")
    work = setting("WORK", ROOT + "/build/bench")
    os.makedirs(work, exist_ok=True)
    docs, documents, words, text = make_input(corpus, work)
    forms = read_queries(queries_file(corpus, docs, work))
    engines, absent = [], []
    for name in setting("PEERS", "").split() or all_names():
        engine = Engine(name, work)
        say("index: " + name)
        good = engine.prepare() and engine.build("index", docs)
        (engines if good else absent).append(engine)
    lanes = {(command, form): queries
             for command in setting("COMMANDS", "").split() or COMMANDS
             for form, queries in forms.items() if queries}
    ask_all(engines, Scorers(docs + ".txt"), lanes,
            int(setting("PASSES", 3)), float(setting("BUDGET", 10)))
    print("%d documents, %d words, %d bytes of text, %d queries\n"
          % (documents, words, text, sum(map(len, forms.values()))))
    print_costs(engines, documents, words)
    print_lanes(engines, lanes)
    print_notes(engines, absent)
    write_results(work + "/results.tsv", engines, lanes)
    write_summary(work + "/summary.md", engines, lanes, documents, words)
    return any(engine.wrong for engine in engines if engine.scorer)


if __name__ == "__main__":
    sys.exit(main())
