# Pipes, folders and links in the place of an index's files: told, and nobody
# waits for them; what an add was kept from, it does when they are gone.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
i='an index, é'
try() {
    echo "\$ $*"
    timeout -k 5 20 "$@" 2>&1 | sed -E 's/[0-9a-f]{16}/ID/g'
    echo "exit ${PIPESTATUS[0]}"
}
try_all() {
    try lede-search -i "$i" -c gas
    try lede-index -i "$i" verify
    try lede-index -i "$i" add news.jsonl
}
echo '{"id":"1","title":"Gas","body":"Gas rose.","source":"Wire"}' > news.jsonl
try lede-index -i "$i" add news.jsonl

store=$(ls "$i"/*.store)
mv "$store" kept
mkfifo "$store"
try_all
rm "$store"; mkdir "$store"
try lede-search -i "$i" -c gas
rmdir "$store"; mv kept "$store"

mkfifo "$i/manifest-00000000000000ff"
try_all
rm "$i/manifest-00000000000000ff"

sed -i 's/1/2/' news.jsonl
rm "$i/LOCK"; ln -s ../elsewhere "$i/LOCK"
try lede-index -i "$i" add news.jsonl
ls elsewhere 2>/dev/null
rm "$i/LOCK"; mkdir "$i/LOCK"
try lede-index -i "$i" add news.jsonl
rmdir "$i/LOCK"
try lede-index -i "$i" add news.jsonl
try lede-search -i "$i" -c gas
try lede-index -i news.jsonl add news.jsonl
