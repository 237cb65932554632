# When a message is red: --color, else NO_COLOR, CLICOLOR_FORCE, the terminal.
red() { "$@" 2>&1 | grep -c $'\033'; }
red lede-index add
red lede-index --color always add
red env CLICOLOR_FORCE=1 lede-index add
red env CLICOLOR_FORCE=0 lede-index add
red env CLICOLOR_FORCE=1 NO_COLOR=1 lede-index add
red env CLICOLOR_FORCE=1 lede-index --color never add
script -qec true /dev/null >/dev/null 2>&1 ||
    { echo "no script(1) to make a terminal"; exit 77; }
for term in xterm dumb ''; do
    TERM=$term script -qec 'lede-index add' /dev/null | grep -c $'\033'
done
true
