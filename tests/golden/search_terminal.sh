# search_terminal.sh -- what a terminal sees: colours, a pager, the time.
. "$(dirname "$0")/search.bash"
script -qec true /dev/null > /dev/null 2>&1 ||
    { echo "no script(1) to make a terminal"; exit 77; }
on_terminal() { script -qec "lede-search $*" /dev/null | tr -d '\r'; }
export TERM=xterm
on_terminal --no-pager --no-time -n 1 gas | cat -v
TERM=dumb on_terminal --no-pager --no-time -n 1 gas | grep -c $'\033'
on_terminal --no-pager -n 0 --width 60 gas |
    sed 's/[0-9]*\.[0-9]* s$/TIME/; s/  *TIME/ TIME/'
export LEDE_PAGER='sed "s/^/paged: /"' TERM=dumb
on_terminal --width 60 -n 1 --no-time gas
PAGER=false LEDE_PAGER=cat on_terminal -n 1 --no-time title:gas
LEDE_PAGER=true on_terminal gas
LEDE_PAGER=/no/pager on_terminal -n 1 --no-time gas | sed '/^sh:/s/:.*/: says why/'
LEDE_PAGER='echo paged' on_terminal xyzzy
LEDE_PAGER='echo $LESS; true' on_terminal gas
LESS=M LEDE_PAGER='echo $LESS; true' on_terminal gas
