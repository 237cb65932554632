# kill_add.sh -- kill -9 while the second batch is added: at a random call
# that changes the disk (half of the writes torn), and at a random moment.
cd "$(dirname "$0")/../.." || exit 1
. tests/faults/faulty.bash
kills=${LEDE_KILLS:-100}
[ -n "${LEDE_TORTURE:-}" ] && kills=1000
prepare 500
. tests/faults/kills.bash
