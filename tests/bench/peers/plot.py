#!/usr/bin/env python3
"""plot.py -- draws growth.tsv (growth.py) as SVG: build time, peak memory,
index bytes and query medians over the number of articles, both axes in powers
of ten.

    plot.py growth.tsv > growth.svg
"""
import math
import sys

WIDTH, HEIGHT = 400, 280            # of a panel
LEFT, RIGHT, TOP, BOTTOM = 62, 74, 30, 36
COLORS = {"lede": "#d1242f", "lucene": "#0969da", "lucene-bp": "#54aeff",
          "tantivy": "#8250df", "xapian": "#1a7f37", "sqlite": "#9a6700"}
PANELS = [("build, processor seconds", "cpu", 1),
          ("build, peak memory, MB", "peak", 1e-6),
          ("index without stored text, MB", "bytes", 1e-6),
          ("a b, top 10, median µs", "any us", 1),
          ("+a +b, top 10, median µs", "all us", 1),
          ('"a b", top 10, median µs', "phrase us", 1)]


def read(path):
    with open(path, encoding="utf-8") as file:
        names = file.readline().rstrip("\n").split("\t")
        return [dict(zip(names, line.rstrip("\n").split("\t")))
                for line in file]


def series(rows, column, unit):
    """{engine: [(articles, value)]}, without values that are missing."""
    found = {}
    for line in rows:
        value = float(line[column]) * unit
        if value > 0:
            found.setdefault(line["engine"], []).append(
                (float(line["articles"]), value))
    return found


def short(value):
    for size, sign in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return "%g%s" % (value / size, sign)
    return "%g" % value


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


class Axis:
    """Values to places, by logarithms, over whole powers of ten."""

    def __init__(self, values, start, end, whole):
        low, high = math.log10(min(values)), math.log10(max(values))
        self.low = math.floor(low + 1e-9) if whole else low - .05
        self.high = math.ceil(high - 1e-9) if whole else high + .05
        self.high = max(self.high, self.low + 1)
        self.start, self.end = start, end

    def place(self, value):
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self):
        return [10.0 ** power for power in
                range(math.ceil(self.low), math.floor(self.high) + 1)]


def text(x, y, words, anchor="middle", color="#57606a", size=11):
    return ('<text x="%.1f" y="%.1f" text-anchor="%s" fill="%s" '
            'font-size="%d">%s</text>'
            % (x, y, anchor, color, size, escape(words)))


def line(x1, y1, x2, y2):
    return ('<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" '
            'stroke="#d0d7de" stroke-width="1"/>' % (x1, y1, x2, y2))


def spread(labels):
    """Moves labels apart that would stand upon each other."""
    labels = sorted(labels)
    for i in range(1, len(labels)):
        least = labels[i - 1][0] + 11
        if labels[i][0] < least:
            labels[i] = (least,) + labels[i][1:]
    return labels


def panel(title, lines, left, top):
    points = [point for values in lines.values() for point in values]
    across = Axis([point[0] for point in points], left + LEFT,
                  left + WIDTH - RIGHT, False)
    up = Axis([point[1] for point in points], top + HEIGHT - BOTTOM,
              top + TOP, True)
    out = [text(left + LEFT, top + 18, title, "start", "#1f2328", 13)]
    for tick in up.ticks():
        y = up.place(tick)
        out.append(line(left + LEFT, y, left + WIDTH - RIGHT, y))
        out.append(text(left + LEFT - 6, y + 4, short(tick), "end"))
    for tick in sorted({point[0] for point in points}):
        x = across.place(tick)
        out.append(line(x, top + TOP, x, top + HEIGHT - BOTTOM))
        out.append(text(x, top + HEIGHT - BOTTOM + 16, short(tick)))
    labels = []
    for name, values in lines.items():
        values = sorted(values)
        color = COLORS.get(name, "#57606a")
        places = [(across.place(x), up.place(y)) for x, y in values]
        out.append('<polyline fill="none" stroke="%s" stroke-width="2" '
                   'points="%s"/>' % (color, " ".join(
                       "%.1f,%.1f" % place for place in places)))
        out.extend('<circle cx="%.1f" cy="%.1f" r="2.5" fill="%s"/>'
                   % (x, y, color) for x, y in places)
        labels.append((places[-1][1] + 4, places[-1][0] + 6, name, color))
    out.extend(text(x, y, name, "start", color)
               for y, x, name, color in spread(labels))
    return out


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rows = read(sys.argv[1])
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" '
           'font-family="sans-serif">' % (3 * WIDTH, 2 * HEIGHT),
           '<rect width="100%" height="100%" fill="#ffffff"/>']
    for number, (title, column, unit) in enumerate(PANELS):
        lines = series(rows, column, unit)
        if lines:
            out += panel(title, lines, number % 3 * WIDTH,
                         number // 3 * HEIGHT)
    print("\n".join(out + ["</svg>"]))


if __name__ == "__main__":
    main()
