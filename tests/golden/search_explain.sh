# search_explain.sh -- each score comes about as it is explained: every part
# by BM25 in single precision, and their sum to the last digit.
. "$(dirname "$0")/search.bash"
say --explain gas prices -n 1
lede-search --explain --format json --any gas prices '"Central Asia"' lavrov \
    tours gas > lines || exit 1
python3 - << 'END'
import json, math, struct
def single(x):
    return struct.unpack("f", struct.pack("f", x))[0]
checked = 0
for line in open("lines", encoding="utf-8"):
    hit = json.loads(line)
    if hit["type"] != "hit":
        continue
    why, total = hit["explain"], 0.0
    norm = 1 - single(0.75) + single(0.75) * why["length"] / \
        single(why["average_length"])
    for part in why["parts"]:
        n, df = why["articles"], part["df"]
        if df:
            idf = math.log(1 + (n - df + 0.5) / (df + 0.5))
            assert single(idf) == single(part["idf"]), part
        assert abs(part["norm"] - 1.2 * norm) < 1e-5, part
        # A word that the query says twice is added twice.
        once = single(single(part["idf"]) *
            single(single(part["tf"]) /
                   single(part["tf"] + single(part["norm"]))))
        assert abs(part["score"] - part["boost"] * once) < 1e-6, part
        total = single(total + single(part["score"]))
        checked += 1
    assert total == single(why["score"]) == single(hit["score"]), hit
print(checked, "parts and their sums")
END
