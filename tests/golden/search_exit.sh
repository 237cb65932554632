# search_exit.sh -- what the exit status tells.
. "$(dirname "$0")/search.bash"
status() {
    lede-search "$@" > printed 2> said
    echo "$? $(wc -l < printed) $(wc -l < said): $*"
}
status -q gas
status -q xyzzy
status gas -n 0
status -c xyzzy
status gas --from 100
status '(gas'
status --no-such gas
status -i nowhere gas
status -i '' gas
status --source '" ' gas
mkdir empty strange
echo x > strange/file
status -i empty gas
status -i strange gas
[ -c /dev/full ] && { lede-search gas > /dev/full; echo $?; } 2>&1
yes gas | head -n 5000 > many
lede-search --batch many 2> said | head -n 1
echo "broken pipe: ${PIPESTATUS[0]}, $(wc -l < said) lines"
