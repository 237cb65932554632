# Why a page is read as it is, and what the pages of a site share.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
page() {
    cat >"$1.html" <<PAGE
<html><head><title>$2</title><meta name=author content="Ada Byron">
<link rel=canonical href="https://sheet.example/$1"></head><body>
<nav>Home</nav><div class=story><h1>$2</h1><p class=date>12 May 2023</p>
<p>$3, after a long debate about the price of it, the council said on Monday
evening, and the mayor thanked all who had come in spite of the weather.</p>
<p>It is not yet known what $2 will cost the town in the years to come.</p>
<p>The Sheet comes out at six in the morning on every day but Sunday.</p>
</div><div class=share>Share</div></body></html>
PAGE
}
page a 'A bridge' 'The bridge is to be built'
page b 'A ferry' 'The ferry is to sail again'
page c 'A tunnel' 'The tunnel is not to be dug'
lede-index add --dry-run --explain-reading a.html 2>&1
echo "-- the third page"
lede-index -q add --dry-run --dump jsonl a.html b.html c.html | grep -c 'Sheet comes'
lede-index -q add --dry-run --dump jsonl --no-site-memory a.html b.html c.html |
    grep -c 'Sheet comes'
echo "-- no page, no dry run"
echo 'Gas rose.' | lede-index -q add -n --explain-reading -
lede-index add --explain-reading a.html 2>&1
