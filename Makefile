# Makefile -- build, test, bench, install.
#
#   make            release build: build/release/bin/lede-index, lede-search
#   make demo       indexes corpus/ and asks: Lavrov Central Asia, and who said
#                   what about it
#   make test       everything, under ASan and UBSan
#   make torture    the slow and deep tests
#   make bench      measurements (tests/bench/README.md)
#   make bench-peers CORPUS=x.jsonl [QUERIES=x.txt]   beside other engines
#   make bench-raw CORPUS=x.jsonl     raw text to searchable, beside them
#   make bench-growth CORPUS=x.jsonl  cost at 30 thousand to 3 million articles
#   make coverage   line coverage of the tests
#   make install    into $(DESTDIR)$(PREFIX)
#
# One tree of objects a mode, in build/<mode>/; the folders of the sources
# are the folders of the objects.

PREFIX  ?= /usr/local
CC      ?= cc
PACKAGES = libxml-2.0 zlib libdeflate json-c libxxhash liblzma libzstd libbrotlidec
CFLAGS_ALL = -std=c11 -D_GNU_SOURCE -g -I. -ffp-contract=off -Wall -Wextra -Wshadow \
  -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef \
  -Wimplicit-fallthrough -Werror=implicit -Werror=return-type $(WERROR) \
  $(shell pkg-config --cflags $(PACKAGES))
LIBS_COMMON = -lstemmer -lunistring $(shell pkg-config --libs libdeflate libxxhash zlib) -lm
# Debian's libbz2 has no pkg-config file.
LIBS_INDEX  = $(shell pkg-config --libs libxml-2.0 json-c liblzma libzstd libbrotlidec) -lbz2 $(LIBS_COMMON)
LIBS_SEARCH = $(LIBS_COMMON)
LIBS_TEST   = $(LIBS_INDEX) -lcmocka

HARDEN  = -O2 -D_FORTIFY_SOURCE=3 -fPIE -fstack-protector-strong \
          -fstack-clash-protection
SANITIZE = -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
           -fno-sanitize-recover=all

CFLAGS_release  = $(HARDEN) $(CFLAGS)
LDFLAGS_release = -pie -Wl,-z,relro,-z,now,-z,noexecstack $(LDFLAGS)
CFLAGS_check    = $(SANITIZE) $(CFLAGS)
LDFLAGS_check   = -fsanitize=address,undefined $(LDFLAGS)
CFLAGS_coverage = -O0 --coverage $(CFLAGS)
LDFLAGS_coverage = --coverage $(LDFLAGS)

common   := $(sort $(wildcard common/*.c common/*/*.c))
indexer  := $(sort $(filter-out indexer/main.c,$(wildcard indexer/*.c indexer/*/*.c)))
searcher := $(sort $(filter-out searcher/main.c,$(wildcard searcher/*.c searcher/*/*.c)))
naive    := $(sort $(wildcard tests/naive/*.c))
units    := $(sort $(wildcard tests/unit/test_*.c tests/property/test_*.c tests/faults/test_*.c))
benches  := $(sort $(wildcard tests/bench/*.c))
preloads := $(sort $(wildcard tests/faults/preload_*.c))

.PHONY: all release check test torture bench bench-peers bench-raw bench-growth coverage demo install clean FORCE
all: release
.SECONDARY:

# V=1 shows whole commands.
Q   = $(if $(V),,@)
say = $(if $(V),,@printf '%-3s %s\n' $(1) $(2))

# --- One mode -----------------------------------------------------------

define mode_rules
build/$(1)/obj/%.o: %.c build/$(1)/flags
	@mkdir -p $$(@D)
	$$(call say,CC,$$<)
	$$(Q)$$(CC) $$(CFLAGS_ALL) $$(CFLAGS_$(1)) -MMD -MP -c -o $$@ $$<

# Objects are made anew when the flags change.
build/$(1)/flags: FORCE
	@mkdir -p $$(@D)
	@echo '$$(CC) $$(CFLAGS_ALL) $$(CFLAGS_$(1))' | cmp -s - $$@ || \
	 echo '$$(CC) $$(CFLAGS_ALL) $$(CFLAGS_$(1))' > $$@

build/$(1)/bin/lede-index: $(patsubst %.c,build/$(1)/obj/%.o,indexer/main.c $(indexer) $(common))
	@mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$$(Q)$$(CC) $$(LDFLAGS_$(1)) -o $$@ $$^ $$(LIBS_INDEX)

build/$(1)/bin/lede-search: $(patsubst %.c,build/$(1)/obj/%.o,searcher/main.c $(searcher) $(common))
	@mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$$(Q)$$(CC) $$(LDFLAGS_$(1)) -o $$@ $$^ $$(LIBS_SEARCH)

build/$(1)/tests/%: build/$(1)/obj/tests/%.o $(patsubst %.c,build/$(1)/obj/%.o,$(naive) $(searcher) $(indexer) $(common))
	@mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$$(Q)$$(CC) $$(LDFLAGS_$(1)) -o $$@ $$^ $$(LIBS_TEST)

build/$(1)/tests/faults/preload_%.so: tests/faults/preload_%.c
	@mkdir -p $$(@D)
	$$(call say,LD,$$@)
	$$(Q)$$(CC) -std=c11 -O1 -g -Wall -Wextra -shared -fPIC -o $$@ $$< -ldl

-include $$(shell find build/$(1)/obj -name '*.d' 2>/dev/null)
endef

$(foreach mode,release check coverage,$(eval $(call mode_rules,$(mode))))

programs = build/$(1)/bin/lede-index build/$(1)/bin/lede-search
tests = $(patsubst tests/%.c,build/$(1)/tests/%,$(units)) \
        $(patsubst tests/%.c,build/$(1)/tests/%.so,$(preloads))

# --- What people type ---------------------------------------------------

release: $(call programs,release)
check: $(call programs,check) $(call tests,check)

test: release check
	@tests/run check

torture: release check
	@tests/run check torture

coverage: $(call programs,coverage) $(call tests,coverage)
	@tests/run coverage
	@cd build/coverage && gcovr -r ../.. -f '../../(common|indexer|searcher)/' . 2>/dev/null || \
	 echo 'coverage: install gcovr for the table; data is in build/coverage'

bench: release $(patsubst tests/%.c,build/release/tests/%,$(benches))
	@tests/bench/run

# Beside other engines (tests/bench/peers/README.md).  Those whose packages
# or tools are missing are left out; what is fetched goes to build/peers.
PEERS_HELP = lede oracle tokens
PEERS_C = xapian-core sqlite3 json-c

build/release/tests/bench/peers/peer_%: tests/bench/peers/peer_%.cc tests/bench/peers/protocol.h tests/bench/peers/articles.h
	@mkdir -p $(@D)
	$(Q)$(CXX) -O2 -I. -Wall -Wextra $(shell pkg-config --cflags $(PEERS_C)) -o $@ $< \
	 $(shell pkg-config --libs $(PEERS_C))

build/release/tests/bench/peers/peer_%: tests/bench/peers/peer_%.c tests/bench/peers/protocol.h tests/bench/peers/articles.h
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 -I. -Wall -Wextra $(shell pkg-config --cflags $(PEERS_C)) \
	 -o $@ $< $(shell pkg-config --libs $(PEERS_C))

PEERS_BUILT = $(patsubst tests/%.c,build/release/tests/%,$(benches)) \
              $(patsubst %,build/release/tests/bench/peers/%,$(PEERS_HELP))

bench-peers: release $(PEERS_BUILT)
	@tests/bench/peers/compare.py

bench-raw: release $(PEERS_BUILT)
	@tests/bench/peers/raw.py

bench-growth: release $(PEERS_BUILT)
	@tests/bench/peers/growth.py

demo: release
	@rm -rf build/demo.lede
	build/release/bin/lede-index -i build/demo.lede add corpus/
	build/release/bin/lede-search --no-pager -i build/demo.lede Lavrov Central Asia
	build/release/bin/lede-search --no-pager -i build/demo.lede --quotes Central Asia

install: release
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(call programs,release) $(DESTDIR)$(PREFIX)/bin
	install -m 644 indexer/lede-index.1 searcher/lede-search.1 $(DESTDIR)$(PREFIX)/share/man/man1

clean:
	rm -rf build
