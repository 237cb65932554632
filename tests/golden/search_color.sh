# search_color.sh -- colours only where they are wanted.
. "$(dirname "$0")/search.bash"
shown() { "$@" 2> /dev/null | grep -c $'\033'; }
echo "pipe: $(shown lede-search gas)"
echo "always: $(shown lede-search --color always gas)"
echo "never: $(CLICOLOR_FORCE=1 shown lede-search --color=never gas)"
echo "forced: $(CLICOLOR_FORCE=1 shown lede-search gas)"
echo "forced 0: $(CLICOLOR_FORCE=0 shown lede-search gas)"
echo "NO_COLOR: $(NO_COLOR=1 CLICOLOR_FORCE=1 shown lede-search gas)"
echo "NO_COLOR, always: $(NO_COLOR=1 shown lede-search --color always gas)"
say --color always -n 1 gas tours | cat -v
LEDE_COLORS='match=7:title=:info=x:more=1' say --color always -n 1 gas | cat -v
