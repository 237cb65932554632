/* terms_read.c -- finds and walks keys of the lexicon.
 *
 * The first key of every block is whole, so halving over the directory finds
 * the one block where a key can be; inside, entries are undone one by one:
 * keep what is shared, append the rest.  Everything is a walk: finding is a
 * walk of one step.  "shark" among 64 keys:
 *
 *   directory   [ block 0: "able" ]  [ block 1: "share" ]
 *                                       halving ends here
 *   block 1     share -> shared -> shark: found, ordinal 32 + 2
 *
 * Invariants that are checked on the way: directory offsets rise and lie
 * within their half; keys rise strictly; a block holds 32 keys, the last one
 * the rest, and nothing behind them.
 */
#include "common/index/terms.h"

enum { ROOT = 40 };

static uint64_t blocks_of(uint64_t count)
{
    return (count + FORMAT_TERM_BLOCK - 1) / FORMAT_TERM_BLOCK;
}

enum status terms_open(struct terms *t, struct sealed *file,
                       struct error *err)
{
    uint64_t root_at = file->end - ROOT;
    struct bytes root = sealed_root(file, ROOT, "too short for a lexicon");
    struct scan s;

    *t = (struct terms){ .file = file };
    if (!root.data)
        return error_set(err, ERR_CORRUPT, "%s", file->damage.message);
    s = scan_of(root);
    t->stem_count = scan_le64(&s);
    t->stem_directory = scan_le64(&s);
    t->word_count = scan_le64(&s);
    t->word_directory = scan_le64(&s);
    t->title_weight = scan_le32(&s);
    if (scan_le32(&s) == 0 && t->title_weight >= 1 &&
        t->stem_count <= UINT32_MAX && t->word_count <= UINT32_MAX &&
        t->stem_directory >= FORMAT_HEADER && t->stem_directory <= root_at &&
        t->word_directory <= root_at &&
        t->word_directory >= t->stem_directory +
                             8 * blocks_of(t->stem_count) &&
        root_at - t->word_directory == 8 * blocks_of(t->word_count))
        return OK;
    sealed_damaged(file, root_at, "the root of the lexicon cannot be");
    return error_set(err, ERR_CORRUPT, "%s", file->damage.message);
}

/* Where a half of the dictionary lies. */
struct half {
    uint64_t count, start, directory;
};

static struct half half_of(const struct terms *t, enum terms_half which)
{
    if (which == TERMS_STEMS)
        return (struct half){ t->stem_count, FORMAT_HEADER,
                              t->stem_directory };
    return (struct half){ t->word_count,
                          t->stem_directory + 8 * blocks_of(t->stem_count),
                          t->word_directory };
}

/* The bytes of a block; none on damage. */
static struct bytes block_at(struct terms *t, struct half half,
                             uint64_t block)
{
    bool last = block + 1 == blocks_of(half.count);
    uint64_t at = half.directory + 8 * block, start, end;
    struct bytes entry = sealed_at(t->file, at, last ? 8 : 16);

    if (!entry.data)
        return BYTES_NONE;
    start = load_le64(entry.data);
    end = last ? half.directory : load_le64(entry.data + 8);
    if (start < half.start || start >= end || end > half.directory ||
        (block == 0 && start != half.start)) {
        sealed_damaged(t->file, at, "a block of terms cannot be there");
        return BYTES_NONE;
    }
    return sealed_at(t->file, start, end - start);
}

/* What a key shares with the one before, and the bytes of the rest. */
static void take_lengths(struct scan *s, uint64_t *shared, uint64_t *rest)
{
    uint8_t both = scan_u8(s);

    *shared = both & 15;
    *rest = both >> 4;
    if (*shared == 15)
        *shared += scan_varint32(s);
    if (*rest == 15)
        *rest += scan_varint32(s);
}

/* The whole key that a block begins with. */
static bool first_key(struct terms *t, struct half half, uint64_t block,
                      struct bytes *key)
{
    struct bytes bytes = block_at(t, half, block);
    struct scan s = scan_of(bytes);
    uint64_t shared, rest;

    if (!bytes.data)
        return false;
    take_lengths(&s, &shared, &rest);
    *key = scan_take(&s, rest);
    s.bad |= shared != 0;
    if (s.bad || key->len > FORMAT_KEY_MAX) {
        sealed_damaged(t->file, half.start, "the first term of a block");
        return false;
    }
    return true;
}

/* The last block whose first key is <= key, or 0; false on damage. */
static bool block_for(struct terms *t, struct half half, struct bytes key,
                      uint64_t *block)
{
    uint64_t low = 0, high = blocks_of(half.count);

    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        struct bytes first;

        if (!first_key(t, half, middle, &first))
            return false;
        if (bytes_compare(first, key) <= 0)
            low = middle;
        else
            high = middle;
    }
    *block = low;
    return true;
}

static bool walk_end(struct terms_walk *w, const char *damage)
{
    struct sealed *file = w->terms->file;

    if (damage)
        sealed_damaged(file, (uint64_t)(w->block.data - file->map.bytes.data),
                       damage);
    w->ended = true;
    w->ready = false;
    return false;
}

/* Undoes the front coding of one key; keys must rise. */
static bool key_undo(struct terms_walk *w, uint64_t shared,
                     struct bytes rest, bool whole)
{
    struct bytes before = buffer_bytes(&w->key);

    if (shared > before.len || rest.len > FORMAT_KEY_MAX - shared)
        return false;
    if (whole) {
        if (before.len && bytes_compare(rest, before) <= 0)
            return false;
    } else if (rest.len == 0 || (shared < before.len &&
                                 rest.data[0] <= before.data[shared])) {
        return false;
    }
    w->key.len = (size_t)shared;
    buffer_put_bytes(&w->key, rest);
    return true;
}

/* Where the bytes of a stem are. */
static void take_places(struct terms_walk *w, struct scan *s, bool away)
{
    struct stem *stem = &w->stem;
    struct bytes inside;

    if (stem->df == 1) {
        stem->doc = scan_varint32(s);
    } else {
        stem->postings_len = scan_varint(s);
        stem->postings = away ? scan_varint(s) : w->postings;
        w->postings = stem->postings + stem->postings_len;
    }
    stem->positions_len = scan_varint(s);
    stem->inside = stem->df == 1 && stem->positions_len &&
                   stem->positions_len <= FORMAT_INSIDE_MAX;
    if (stem->inside) {
        inside = scan_take(s, stem->positions_len);
        memcpy(stem->inside_bytes, inside.data, inside.len);
    } else if (stem->positions_len) {
        stem->positions = away ? scan_varint(s) : w->positions;
        w->positions = stem->positions + stem->positions_len;
    }
}

static bool stem_undo(struct terms_walk *w, struct scan *s)
{
    struct stem *stem = &w->stem;
    uint64_t head = scan_varint(s), more = scan_varint(s);

    *stem = (struct stem){ .df = (uint32_t)(head / 2) };
    stem->total = stem->df + more;
    take_places(w, s, head & 1);
    return !s->bad && stem->df >= 1 && head / 2 <= UINT32_MAX &&
           stem->total >= more;
}

static bool word_undo(struct terms_walk *w, struct scan *s, bool whole)
{
    uint64_t head = scan_varint(s), step = head / 4, ordinal = 0, more = 0;

    if (!whole)
        ordinal = (uint64_t)*(const uint32_t *)(const void *)
                  w->ordinals.data + 1;
    ordinal = head & 2 ? ordinal - step - 1 : ordinal + step;
    if (head & 1)
        more = scan_varint(s) + 1;
    buffer_clear(&w->ordinals);
    if (s->bad || ordinal > UINT32_MAX || more >= FORMAT_STEMS_MAX)
        return false;
    buffer_put(&w->ordinals, &(uint32_t){ (uint32_t)ordinal }, 4);
    for (; more; more--) {
        ordinal += (uint64_t)scan_varint32(s) + 1;
        if (s->bad || ordinal > UINT32_MAX)
            return false;
        buffer_put(&w->ordinals, &(uint32_t){ (uint32_t)ordinal }, 4);
    }
    return true;
}

/* Undoes the entry of number `ordinal`, which is next in w->block. */
static bool entry_undo(struct terms_walk *w, uint64_t ordinal)
{
    struct scan s = scan_of(w->block);
    bool whole = ordinal % FORMAT_TERM_BLOCK == 0, sound;
    uint64_t shared, len;
    struct bytes rest;

    take_lengths(&s, &shared, &len);
    rest = scan_take(&s, len);
    if (s.bad || (whole && shared != 0))
        return walk_end(w, "a term is cut short");
    w->ordinal = ordinal;
    if (!key_undo(w, shared, rest, whole))
        return walk_end(w, "terms do not rise");
    sound = w->half == TERMS_STEMS ? stem_undo(w, &s)
                                   : word_undo(w, &s, whole);
    if (!sound)
        return walk_end(w, "what is kept of a term cannot be");
    w->block = bytes_of(s.at, (size_t)(s.end - s.at));
    return true;
}

/* Stands before the first key of a block. */
static bool block_enter(struct terms_walk *w, uint64_t block)
{
    w->block = block_at(w->terms, half_of(w->terms, w->half), block);
    w->postings = w->positions = UINT64_MAX;
    w->ended = !w->block.data;
    w->ready = false;
    return !w->ended;
}

static bool advance(struct terms_walk *w, uint64_t ordinal)
{
    struct half half = half_of(w->terms, w->half);

    if (ordinal == half.count || ordinal % FORMAT_TERM_BLOCK == 0) {
        if (w->block.len)
            return walk_end(w, "something stands behind a block of terms");
        if (ordinal == half.count)
            return walk_end(w, NULL);
        if (!block_enter(w, ordinal / FORMAT_TERM_BLOCK))
            return false;
    }
    return entry_undo(w, ordinal);
}

/* From the beginning of a block to the entry of number `ordinal` in it. */
static bool jump(struct terms_walk *w, uint64_t ordinal)
{
    uint64_t at = ordinal / FORMAT_TERM_BLOCK * FORMAT_TERM_BLOCK;

    buffer_clear(&w->key);
    w->block = BYTES_NONE;
    w->ended = false;
    while (advance(w, at))
        if (at++ == ordinal)
            return true;
    return false;
}

void terms_walk_start(struct terms_walk *w, struct terms *t,
                      enum terms_half half, struct bytes from)
{
    *w = (struct terms_walk){ .terms = t, .half = half };
    terms_walk_seek(w, from);
}

/* Is the target ahead, and in the block that the walk stands in? */
static bool is_near(struct terms_walk *w, struct half half, struct bytes from)
{
    uint64_t next = w->ordinal / FORMAT_TERM_BLOCK + 1;
    struct bytes first;

    if (w->ended || !w->block.data ||
        bytes_compare(buffer_bytes(&w->key), from) > 0)
        return false;
    return next == blocks_of(half.count) ||
           (first_key(w->terms, half, next, &first) &&
            bytes_compare(first, from) > 0);
}

void terms_walk_seek(struct terms_walk *w, struct bytes from)
{
    struct half half = half_of(w->terms, w->half);
    uint64_t block;

    if (!is_near(w, half, from)) {
        if (half.count == 0 || !block_for(w->terms, half, from, &block)) {
            walk_end(w, NULL);
            return;
        }
        if (!jump(w, block * FORMAT_TERM_BLOCK))
            return;
    }
    while (bytes_compare(buffer_bytes(&w->key), from) < 0)
        if (!advance(w, w->ordinal + 1))
            return;
    w->ready = true;
}

bool terms_walk_next(struct terms_walk *w)
{
    if (w->ended)
        return false;
    if (!w->ready)
        return advance(w, w->ordinal + 1);
    w->ready = false;
    return true;
}

void terms_walk_release(struct terms_walk *w)
{
    buffer_release(&w->key);
    buffer_release(&w->ordinals);
    w->ended = true;
}

/* Walks to exactly this key. */
static bool find(struct terms_walk *w, struct terms *t, enum terms_half half,
                 struct bytes key)
{
    terms_walk_start(w, t, half, key);
    return terms_walk_next(w) && bytes_equal(buffer_bytes(&w->key), key);
}

bool terms_find_stem(struct terms *t, struct bytes key, struct stem *stem,
                     uint32_t *ordinal)
{
    struct terms_walk w;
    bool found = find(&w, t, TERMS_STEMS, key);

    if (found) {
        *stem = w.stem;
        if (ordinal)
            *ordinal = (uint32_t)w.ordinal;
    }
    terms_walk_release(&w);
    return found;
}

bool terms_stem_at(struct terms *t, uint32_t ordinal, struct stem *stem,
                   struct buffer *key)
{
    struct terms_walk w = { .terms = t, .half = TERMS_STEMS };
    bool found = false;

    if (ordinal >= t->stem_count)
        sealed_damaged(t->file, FORMAT_HEADER, "a word names no stem");
    else
        found = jump(&w, ordinal);
    if (found)
        *stem = w.stem;
    if (found && key) {
        buffer_clear(key);
        buffer_put_bytes(key, buffer_bytes(&w.key));
    }
    terms_walk_release(&w);
    return found;
}

bool terms_find_word(struct terms *t, struct bytes word,
                     struct buffer *ordinals)
{
    struct terms_walk w;
    bool found = find(&w, t, TERMS_WORDS, word);

    if (found)
        buffer_put_bytes(ordinals, buffer_bytes(&w.ordinals));
    terms_walk_release(&w);
    return found;
}
