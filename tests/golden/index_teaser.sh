# A feed's teaser gives way to the page of the same canonical address, and does
# not come back, in whatever order they are read.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
cat >feed.xml <<'END'
<rss version="2.0"><channel><title>The Quay</title><link>https://quay.example</link><language>en</language>
<item><title>Grain fell</title><link>https://quay.example/grain?utm_source=feed</link><pubDate>Sat, 02 Mar 2024 09:00:00 GMT</pubDate><description>Grain fell.</description></item></channel></rss>
END
sed 's/Grain fell\.</Grain fell again.</; s/02 Mar/03 Mar/' feed.xml >later.xml
cat >page.html <<'END'
<html lang="en"><head><title>Grain fell</title><link rel="canonical" href="https://quay.example/grain"><meta property="article:published_time" content="2024-03-01T09:00:00Z"></head><body><article><h1>Grain fell</h1><p>Grain prices fell on Friday for the third week in a row, traders said, as ships left the harbour of Odesa again.</p><p>The council said that it would wait for the harvest before it bought more grain for the winter.</p></article></body></html>
END
for order in 'feed page feed later' 'page feed later' 'feed later page later'; do
    export LEDE_INDEX=$dir/${order// /-}
    for file in $order; do
        lede-index add $file.* 2>&1 </dev/null | sed "s/^/$file: /"
    done
    lede-search harvest | grep -c 'Grain fell'
    lede-index stats | sed -n 1p
done
