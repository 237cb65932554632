# search_text.sh -- the page for people: one tier, two tiers, wide letters,
# hostile text, nothing found.
. "$(dirname "$0")/search.bash"
say Lavrov Central Asia
say --utc --width 50 gas ministers
say volcano
say 中亚
say Лаврова
say lavrov xyzzy source:Tass
say -n 1 拉夫罗夫访问北京
say --all gas volcano
say gas source:新华社
say date:..1990
say -- '-e'
