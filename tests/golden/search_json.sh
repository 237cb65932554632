# search_json.sh -- one object a line, that a JSON reader takes; marks are
# bytes of the text beside them.
. "$(dirname "$0")/search.bash"
say --format json gas lavrov | sed 's/"took_ms":[0-9.]*/"took_ms":0/'
say --format json volcano | sed 's/"took_ms":[0-9.]*/"took_ms":0/'
say --format json -c gas | sed 's/"took_ms":[0-9.]*/"took_ms":0/'
lede-search --format json --any gas Лавров 中亚 volcano ministers > lines
python3 - << 'END'
import json
marked = 0
for line in open("lines", encoding="utf-8"):
    thing = json.loads(line)
    if thing["type"] != "hit":
        continue
    pairs = [(thing["title"], thing["title_marks"])]
    pairs += [(s["text"], s["marks"]) for s in thing["snippets"]]
    for text, marks in pairs:
        raw = text.encode()
        print([raw[start:end].decode() for start, end in marks])
END
