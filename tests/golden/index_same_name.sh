# Files of one name in several folders, and texts on standard input, are
# articles of their own; a file is the same by whatever path it is named.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
export LEDE_INDEX=$dir/news.lede
mkdir 2023 2024
printf 'Gas rises\n\nThe price of gas rose on Monday.\n' >2023/a.txt
printf 'Oil falls\n\nThe price of oil fell on Tuesday.\n' >2024/a.txt
(cd 2023 && lede-index add a.txt)
(cd 2024 && lede-index add a.txt)
lede-index add 2023/a.txt ./2024//a.txt "$PWD/2023/../2023/a.txt"
for year in 2023 2024 2023; do lede-index add - <$year/a.txt; done
echo '{"title":"Coal","body":"Coal rose."}' | lede-index add -
echo '{"title":"Wood","body":"Wood rose."}' | lede-index add -
lede-search -c 'gas OR oil OR coal OR wood'
