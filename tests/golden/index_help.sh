# Help of the program and of every command, and the version.
for command in '' add sync watch errors rm compact stats verify alias; do
    lede-index $command -h || exit 1
    echo ---
done
lede-index --version | sed 's/[0-9.][0-9.]*/N/g'
