#!/usr/bin/env python3
"""into.py -- puts what a script measured into a page, so that nobody types
numbers by hand.

    into.py PAGE.md NAME < text

Replaces all between the lines "<!-- NAME -->" and "<!-- /NAME -->".
"""
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    page, name = sys.argv[1:]
    with open(page, encoding="utf-8") as file:
        lines = file.read().split("\n")
    try:
        start = lines.index("<!-- %s -->" % name)
        end = lines.index("<!-- /%s -->" % name)
    except ValueError:
        sys.exit("into.py: %s has no place called %s" % (page, name))
    lines[start + 1:end] = sys.stdin.read().strip("\n").split("\n")
    with open(page, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


if __name__ == "__main__":
    main()
