# search_batch.sh -- many queries of a file; those that cannot be read are
# reported with their line, and the others go on.
. "$(dirname "$0")/search.bash"
printf '%s\n' '301	gas prices' '302	(gas' '' 'lavrov -asia' \
    '303	nothing here' '304	source:' > queries
say --batch queries -n 1
say --batch queries -n 1 --format trec
say --batch queries --count
say --batch queries -n 0 --format json | sed 's/"took_ms":[0-9.]*/"took_ms":0/'
printf '1\tgas\r\n' | say --batch - -c
printf '1\txyzzy\n' | say --batch -
say --batch missing.tsv
say --batch queries gas

# Many are asked by several processes, where there are several processors; it
# makes no difference to what is printed, or said.
for i in {1..40}; do printf 'a%d\tgas\nb%d\t(gas\n\nc%d\txyzzy OR lavrov\n' $i $i $i; done > many
for way in 'taskset -c 0' ''; do
    $way lede-search -i index --batch many --format json -n 3 2>&1 |
        sed 's/"took_ms":[0-9.]*//' | cksum
done | uniq -c | awk '{ print $1 " ways, one answer" }'
lede-search -i index --batch many --format trec | head -n 1
