# Wrong use: each says what is wrong, and exits with 2.
export LEDE_INDEX=/nowhere/at/all
try() { lede-index "$@" >/dev/null 2>/tmp/lede-usage.$$; echo "$?: $(tail -n 1 /tmp/lede-usage.$$)"; }
try
try ad
try frobnicate
try --jsn stats
try -x stats
try add
try add --memroy=64M x
try add --memory
try add --memory 3M x
try add --memory 1Q x
try add --title-weight 0 x
try add --from josnl x
try add --lang 12 x
try add --max-record 5 x
try add --dump jsonl x
try add --dry-run --dump xml x
try add --dry-run=yes x
try add --progress sometimes x
try add --since yesterdy x
try add --since 2023..2024 x
try add --since 2024 --until 2023 x
try add --encoding nonsense x
try add --tz Europe/Atlantis x
try add --include '' x
try add --include 2024/ x
try add --null x
try add --files-from
try add --files-from - -
try rm
try rm ''
try rm id '' --url u
try rm --url '' id
try rm --source ''
try -i '' stats
try stats more
try stats --sources some
try verify more
try compact more
try compact --memory 1M
rm -f /tmp/lede-usage.$$
