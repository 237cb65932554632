# Exports of MediaWiki and WordPress, by content and by --from.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
page() { printf '<page><title>%s</title><ns>%s</ns><id>%s</id>%s<revision><id>9</id><timestamp>2024-03-0%sT00:00:00Z</timestamp><text xml:space="preserve">%s</text></revision></page>\n' "$@"; }
{
    echo '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en"><siteinfo><sitename>Quaynews</sitename><dbname>quaynews</dbname><base>https://en.quaynews.example/wiki/Main_Page</base></siteinfo>'
    page 'Grain falls' 0 7 '' 2 "{{date|March 1, 2024}}
'''Grain''' fell on Friday &lt;ref&gt;[https://quay.example x]&lt;/ref&gt;at [[Odesa|the harbour]].

== Sources ==
* {{source|url=x}}
[[Category:Grain]]"
    page 'Grain drops' 0 8 '<redirect title="Grain falls" />' 1 '#REDIRECT [[Grain falls]]'
    page 'Talk:Grain falls' 1 9 '' 1 'Is this right?'
    page 'Oil' 0 10 '' 3 'Oil rose.'
} >pages.xml
bzip2 -k pages.xml
cat >blog.xml <<'END'
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Quay</title><link>https://quay.example</link><language>en</language>
<item><title>Rail</title><link>https://quay.example/rail</link><pubDate>Fri, 01 Mar 2024 09:00:00 +0000</pubDate><dc:creator>ann</dc:creator><content:encoded><![CDATA[[dropcap]T[/dropcap]rains run.

They ran [sic] before.]]></content:encoded><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>
<item><title>Later</title><content:encoded>x</content:encoded><wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item>
<item><title>About</title><content:encoded>x</content:encoded><wp:post_type>page</wp:post_type><wp:status>publish</wp:status></item>
</channel></rss>
END
show() {
    printf '$ add %s\n' "$*"
    lede-index add --dry-run --dump jsonl "$@" 2>&1 </dev/null |
        sed -E 's/"(file|offset|captions|section|tags|lead)":("[^"]*"|[0-9]+|null|\[[^]]*\]),?//g'
}
show pages.xml
show pages.xml.bz2
show blog.xml
show --from wxr blog.xml
head -c 900 pages.xml >cut.xml
show cut.xml
sed -n 1p pages.xml >none.xml
show none.xml
sed '/Rail/,$d' blog.xml >empty.xml
show empty.xml
