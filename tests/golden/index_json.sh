# JSON in its shapes: lines, arrays, lists inside objects, JSON Feed, ninjs;
# fields under other names; records that are damaged.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
export LEDE_INDEX=$dir/index
show() {
    printf '$ add %s\n' "$*"
    lede-index add --dry-run --dump jsonl "$@" 2>&1 </dev/null |
        sed -E 's/"(file|offset|lang|flags|captions)":("[^"]*"|[0-9]+|null|\[[^]]*\]),?//g'
}
cat >wire.json <<'END'
[{"uri": "urn:ew:1", "version": "1", "pubstatus": "usable", "type": "text",
  "versioncreated": "2024-03-01T09:00:00+0000", "headline": "Grain fell",
  "byline": "By Ann Author", "body_html": "<p>Grain fell.</p><p>Again.</p>",
  "associations": {"featuremedia": {"uri": "urn:ew:9", "body_text": "no"}}},
 {"uri": "urn:ew:2", "pubstatus": "usable", "type": "picture",
  "headline": "Ships"}]
END
cat >later.json <<'END'
{"uri": "urn:ew:1", "version": "2", "pubstatus": "usable",
 "headlines": [{"role": "main", "value": "Grain rose"}],
 "bodies": [{"contentType": "text/plain", "value": "Grain rose."}]}
END
echo '{"uri": "urn:ew:1", "version": "3", "pubstatus": "canceled"}' >end.json
cat >feed.json <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "The Quay",
 "home_page_url": "https://quay.example/", "items": [
  {"id": "7", "url": "gas.html", "title": "Gas", "content_html": "<p>Gas.</p>"},
  {"id": "8", "summary": "Oil rose."}, {"id": "9"}]}
END
cat >cut.json <<'END'
[{"title": "Rail", "body": "Trains."}, {"title": "Road", "body": nul}, 7,
 {"title": "Sea", "body": "Ships."}, {"title": "Air
END
echo '{"head": {"main": "Wheat"}, "t": ["It fell.", "It rose."],
"when": "2 Mar 2024"}' >own.json
show wire.json
show feed.json
show cut.json
show own.json
show --map title=head.main,body=t --map date=when own.json
show --map titel=head.main own.json
for file in wire later end wire; do
    printf '$ add %s.json\n' $file
    lede-index add $file.json 2>&1 </dev/null
    lede-index stats | sed -n 1p
done
