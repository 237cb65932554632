# A higher version replaces a lower one, whichever is read last.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
say() { printf '{"id":"u1","source":"Wire","title":"T","body":"%s","version":%s}\n' "$1" "$2" >"$1.jsonl"; }
say first 1; say second 2; say third '"10"'; say odd '"draft"'
for name in second first third second odd; do
    lede-index -i index add --lang en "$name.jsonl"
done
lede-search -i index --format trec third | cut -d' ' -f3
lede-search -i index -c first
lede-index -i index verify
