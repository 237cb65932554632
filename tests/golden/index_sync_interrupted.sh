# A sync that is interrupted keeps what it has read; the next one goes on.
dir=$(mktemp -d) || exit 1
trap 'rm -r "$dir"' EXIT
cd "$dir" || exit 1
files=600
mkdir news
for ((i = 0; i < files; i++)); do
    printf '{"id":"%d-%d","title":"Gas","body":"Gas rose.","source":"Wire","lang":"en"}\n' \
        $i 1 $i 2 >news/$i.jsonl
done
touch -d 2020-01-01 news/*
# The moment is found by trying: earlier, where it was too late.
for pause in 0.8 0.4 0.2 0.1 0.05 0.02; do
    rm -rf news.lede
    lede-index -i news.lede sync news >out 2>err &
    sleep $pause
    kill -TERM $! 2>/dev/null
    wait $!
    status=$?
    [ $status -eq 130 ] && grep -q ' new [1-9]' out && break
done
echo "exit $status"
grep -c 'articles committed. Run the same command to go on.' err
lede-index -i news.lede verify | sed 's/^[0-9,]*/N/'
read -r _ _ first _ <out
lede-index -i news.lede sync news >out; echo "exit $?"
# The file in whose middle it was interrupted has changed.
read -r _ _ second _ half _ _ _ same <out
[ $((same + second + half)) -eq $files ] && [ $half -le 1 ] &&
    [ $((first - same)) -le 1 ] && echo 'goes on'
lede-index -i news.lede sync news | head -n 1
lede-index -i news.lede stats | head -n 1
