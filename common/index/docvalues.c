/* docvalues.c -- one number for every document in each of nine columns:
 * dates, length, source, language, the hashes of its key and content.
 *
 * Values are kept as offsets from a base, all of one width, so that a lookup
 * is a multiplication and a load; there is nothing to decode.  A column where
 * every value is equal has width 0.  Lengths 310, 305 and 420:
 *
 *   0        8     9      16                     multiple of 8
 *   +--------+-----+------+---+---+-----+- - - - +
 *   | base   |width| 0    | 5 | 0 | 115 | zeros  |     width 1
 *   | 305    | 1   |      |   |   |     |        |
 *   +--------+-----+------+---+---+-----+- - - - +
 *
 * The first touch of a column checks the checksums of all its blocks, at
 * memory speed (3 MB, the lengths of a million documents, take less than
 * half a millisecond), so that no later load needs to ask.  Loads are of 8
 * bytes, masked: behind the last number follow at least the 36 bytes of
 * checksums and footer.  A damaged column turns into width 0, base 0.
 *
 * Identity is all documents sorted by (key high, key low, document): finding
 * an article by the hash of its key is halving.  Graves are sorted, and found
 * in the same way.
 */
#include "common/index/docvalues.h"

#include <stdlib.h>

#include "common/index/live.h"

enum { ROOT = 8 * (2 + COLUMN_COUNT + 2 + 2), HEAD = 16, GRAVE = 40 };

/* --- Writing --- */

static unsigned width_of(uint64_t spread)
{
    unsigned width = 0;

    for (; spread; spread >>= 8)
        width++;
    return width;
}

/* The base that makes numbers small: the least as unsigned or as signed. */
static uint64_t base_of(const struct docvalues_row *rows, uint32_t count,
                        enum column column, uint64_t *spread)
{
    uint64_t low = UINT64_MAX, high = 0;
    int64_t least = INT64_MAX, most = INT64_MIN;

    *spread = 0;
    if (count == 0)
        return 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t value = rows[i].values[column];

        low = value < low ? value : low;
        high = value > high ? value : high;
        least = (int64_t)value < least ? (int64_t)value : least;
        most = (int64_t)value > most ? (int64_t)value : most;
    }
    *spread = high - low;
    if ((uint64_t)most - (uint64_t)least >= *spread)
        return low;
    *spread = (uint64_t)most - (uint64_t)least;
    return (uint64_t)least;
}

static void drain(struct sealed_writer *file, struct buffer *b)
{
    sealed_put_buffer(file, b);
    buffer_clear(b);
}

static void put_column(struct sealed_writer *file,
                       const struct docvalues_row *rows, uint32_t count,
                       enum column column)
{
    struct buffer b = BUFFER_INIT;
    uint64_t spread, base = base_of(rows, count, column, &spread);
    unsigned width = width_of(spread);

    buffer_put_le64(&b, base);
    buffer_put_le64(&b, width);
    for (uint32_t i = 0; i < count && width; i++) {
        buffer_put_le64(&b, rows[i].values[column] - base);
        b.len -= 8 - width;
        if (b.len >= FORMAT_SEAL_BLOCK)
            drain(file, &b);
    }
    drain(file, &b);
    sealed_align(file, 8);
    buffer_release(&b);
}

static int by_key(const void *a, const void *b, void *rows)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    const uint64_t *x = ((const struct docvalues_row *)rows)[left].values;
    const uint64_t *y = ((const struct docvalues_row *)rows)[right].values;

    if (x[COLUMN_KEY_HIGH] != y[COLUMN_KEY_HIGH])
        return x[COLUMN_KEY_HIGH] < y[COLUMN_KEY_HIGH] ? -1 : 1;
    if (x[COLUMN_KEY_LOW] != y[COLUMN_KEY_LOW])
        return x[COLUMN_KEY_LOW] < y[COLUMN_KEY_LOW] ? -1 : 1;
    return left < right ? -1 : left > right;
}

/* Documents by key.  Keys are hashes, so one pass that deals the documents
 * out by the top 16 bits leaves little to sort. */
static uint32_t *identity_make(const struct docvalues_row *rows,
                               uint32_t count)
{
    enum { DEALT = 1 << 16 };
    uint32_t *docs = must_alloc((size_t)count * 4);
    uint32_t *starts = must_calloc(DEALT + 1, 4);
    uint32_t from = 0;

    for (uint32_t i = 0; i < count; i++)
        starts[(rows[i].values[COLUMN_KEY_HIGH] >> 48) + 1]++;
    for (uint32_t i = 1; i <= DEALT; i++)
        starts[i] += starts[i - 1];
    for (uint32_t i = 0; i < count; i++)
        docs[starts[rows[i].values[COLUMN_KEY_HIGH] >> 48]++] = i;
    /* Now each number is where its pile ends. */
    for (uint32_t i = 0; i < DEALT; from = starts[i++])
        qsort_r(docs + from, starts[i] - from, 4, by_key,
                (void *)(uintptr_t)rows);
    free(starts);
    return docs;
}

static void put_identity(struct sealed_writer *file,
                         const struct docvalues_row *rows, uint32_t count)
{
    uint32_t *docs = identity_make(rows, count);
    struct buffer b = BUFFER_INIT;

    for (uint32_t i = 0; i < count; i++) {
        buffer_put_le32(&b, docs[i]);
        if (b.len >= FORMAT_SEAL_BLOCK)
            drain(file, &b);
    }
    drain(file, &b);
    sealed_align(file, 8);
    buffer_release(&b);
    free(docs);
}

static int grave_order(const void *a, const void *b)
{
    const struct grave *x = a, *y = b;

    if (x->key_high != y->key_high)
        return x->key_high < y->key_high ? -1 : 1;
    if (x->key_low != y->key_low)
        return x->key_low < y->key_low ? -1 : 1;
    if (x->content != y->content)
        return x->content < y->content ? -1 : 1;
    if (x->version != y->version)
        return x->version < y->version ? -1 : 1;
    return x->date < y->date ? -1 : x->date > y->date;
}

void graves_sort(struct graves *g)
{
    size_t kept = 0;

    if (g->count > 1)
        qsort(g->items, g->count, sizeof(*g->items), grave_order);
    for (size_t i = 0; i < g->count; i++)
        if (kept == 0 || grave_order(&g->items[kept - 1], &g->items[i]) != 0)
            g->items[kept++] = g->items[i];
    g->count = kept;
}

static void put_graves(struct sealed_writer *file, const struct graves *g)
{
    struct buffer b = BUFFER_INIT;

    for (size_t i = 0; g && i < g->count; i++) {
        buffer_put_le64(&b, g->items[i].key_high);
        buffer_put_le64(&b, g->items[i].key_low);
        buffer_put_le64(&b, g->items[i].content);
        buffer_put_le64(&b, g->items[i].version);
        buffer_put_le64(&b, (uint64_t)g->items[i].date);
        if (b.len >= FORMAT_SEAL_BLOCK)
            drain(file, &b);
    }
    drain(file, &b);
    buffer_release(&b);
}

static void put_names(struct sealed_writer *file, const struct names *names)
{
    struct buffer b = BUFFER_INIT;

    buffer_put_le32(&b, names->count);
    for (uint32_t i = 0; i < names->count; i++)
        buffer_put_string(&b, names->items[i]);
    sealed_put_buffer(file, &b);
    buffer_release(&b);
}

void docvalues_write(struct sealed_writer *file,
                     const struct docvalues_row *rows, uint32_t count,
                     const struct names *sources, const struct names *langs,
                     const struct graves *graves)
{
    struct buffer root = BUFFER_INIT;
    uint64_t sum = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += rows[i].values[COLUMN_LENGTH];
    buffer_put_le64(&root, count);
    buffer_put_le64(&root, sum);
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        buffer_put_le64(&root, sealed_tell(file));
        put_column(file, rows, count, (enum column)i);
    }
    buffer_put_le64(&root, sealed_tell(file));
    put_identity(file, rows, count);
    buffer_put_le64(&root, sealed_tell(file));
    put_graves(file, graves);
    buffer_put_le64(&root, sealed_tell(file));
    put_names(file, sources);
    buffer_put_le64(&root, sealed_tell(file));
    put_names(file, langs);
    sealed_align(file, 8);
    sealed_put_buffer(file, &root);
    buffer_release(&root);
}

/* --- Reading --- */

static uint64_t padded(uint64_t len)
{
    return (len + 7) / 8 * 8;
}

/* One column's head; gives where the next one must begin, 0 on damage. */
static uint64_t column_open(struct docvalues *d, struct docvalues_column *c)
{
    struct bytes head = sealed_at(d->file, c->offset, HEAD);
    uint64_t width;

    if (!head.data)
        return 0;
    c->base = load_le64(head.data);
    width = load_le64(head.data + 8);
    if (width > 8)
        return 0;
    c->width = (uint8_t)width;
    c->mask = width == 8 ? UINT64_MAX : (UINT64_C(1) << 8 * width) - 1;
    return c->offset + HEAD + padded(width * d->count);
}

/* The names at `offset`, which end before `end`. */
static bool names_open(struct docvalues *d, struct names *names,
                       uint64_t offset, uint64_t end)
{
    struct bytes bytes = BYTES_NONE;
    struct scan s;
    uint32_t count;

    if (offset < end)
        bytes = sealed_at(d->file, offset, end - offset);
    s = scan_of(bytes);
    count = scan_le32(&s);
    if (s.bad || count > scan_left(&s))
        return false;
    names->items = must_calloc(count, sizeof(*names->items));
    names->count = count;
    for (uint32_t i = 0; i < count; i++)
        names->items[i] = scan_string(&s);
    return !s.bad && scan_left(&s) < 8;
}

/* The parts lie behind each other without a gap. */
static bool parts_open(struct docvalues *d, struct scan root, uint64_t end)
{
    uint64_t next = FORMAT_HEADER, sources, langs;

    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        d->columns[i].offset = scan_le64(&root);
        if (d->columns[i].offset != next)
            return false;
        next = column_open(d, &d->columns[i]);
        if (next == 0)
            return false;
    }
    d->identity = scan_le64(&root);
    d->graves = scan_le64(&root);
    sources = scan_le64(&root);
    langs = scan_le64(&root);
    if (sources < d->graves || (sources - d->graves) % GRAVE ||
        (sources - d->graves) / GRAVE >= NO_DOC)
        return false;
    d->grave_count = (uint32_t)((sources - d->graves) / GRAVE);
    return d->identity == next &&
           d->graves == d->identity + padded(4 * (uint64_t)d->count) &&
           sources < end && langs > sources && langs < end &&
           names_open(d, &d->sources, sources, langs) &&
           names_open(d, &d->langs, langs, end);
}

enum status docvalues_open(struct docvalues *d, struct sealed *file,
                           struct error *err)
{
    uint64_t root_at = file->end - ROOT, count;
    struct bytes root = BYTES_NONE;
    struct scan s;

    *d = (struct docvalues){ .file = file };
    if (file->end >= FORMAT_HEADER + ROOT)
        root = sealed_at(file, root_at, ROOT);
    s = scan_of(root);
    count = scan_le64(&s);
    d->sum_lengths = scan_le64(&s);
    d->count = (uint32_t)count;
    if (!s.bad && count < NO_DOC && parts_open(d, s, root_at))
        return OK;
    sealed_damaged(file, FORMAT_HEADER, "the columns cannot be");
    docvalues_close(d);
    return error_set(err, ERR_CORRUPT, "%s", file->damage.message);
}

void docvalues_close(struct docvalues *d)
{
    free(d->sources.items);
    free(d->langs.items);
    d->sources = d->langs = (struct names){ NULL, 0 };
}

void docvalues_touch(struct docvalues *d, enum column column)
{
    struct docvalues_column *c = &d->columns[column];
    struct bytes bytes;

    if (c->data)
        return;
    bytes = sealed_at(d->file, c->offset + HEAD, (uint64_t)d->count * c->width);
    c->data = bytes.data;
    if (bytes.data)
        return;
    *c = (struct docvalues_column){ .offset = c->offset };
    c->data = d->file->map.bytes.data;
}

/* The document at a place of identity; NO_DOC on damage. */
static uint32_t identity_at(struct docvalues *d, uint32_t place)
{
    uint64_t at = d->identity + 4 * (uint64_t)place;
    struct bytes bytes = sealed_at(d->file, at, 4);
    uint32_t doc = bytes.data ? load_le32(bytes.data) : NO_DOC;

    if (doc < d->count)
        return doc;
    sealed_damaged(d->file, at, "no document has this number");
    return NO_DOC;
}

/* Order of a document's key against a key. */
static int key_order(struct docvalues *d, uint32_t doc, uint64_t low,
                     uint64_t high)
{
    uint64_t doc_high = docvalues_get(d, COLUMN_KEY_HIGH, doc);
    uint64_t doc_low = docvalues_get(d, COLUMN_KEY_LOW, doc);

    if (doc_high != high)
        return doc_high < high ? -1 : 1;
    return doc_low < low ? -1 : doc_low > low;
}

/* Where the documents of a key begin in identity; false on damage. */
static bool key_find(struct docvalues *d, uint64_t key_low, uint64_t key_high)
{
    uint32_t low = 0, high = d->count, doc;

    if (d->found.known && d->found.key_low == key_low &&
        d->found.key_high == key_high)
        return true;
    d->found.known = false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        doc = identity_at(d, middle);
        if (doc == NO_DOC)
            return false;
        if (key_order(d, doc, key_low, key_high) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    d->found.key_low = key_low;
    d->found.key_high = key_high;
    d->found.place = low;
    d->found.known = true;
    return true;
}

uint32_t docvalues_find(struct docvalues *d, uint64_t key_low,
                        uint64_t key_high, uint32_t nth)
{
    uint32_t doc;

    if (!key_find(d, key_low, key_high) || nth >= d->count - d->found.place)
        return NO_DOC;
    doc = identity_at(d, d->found.place + nth);
    if (doc == NO_DOC || key_order(d, doc, key_low, key_high) != 0)
        return NO_DOC;
    return doc;
}

bool docvalues_grave(struct docvalues *d, uint32_t number,
                     struct grave *grave)
{
    struct bytes bytes = sealed_at(d->file,
                                   d->graves + GRAVE * (uint64_t)number,
                                   GRAVE);

    if (!bytes.data)
        return false;
    *grave = (struct grave){
        load_le64(bytes.data), load_le64(bytes.data + 8),
        load_le64(bytes.data + 16), load_le64(bytes.data + 24),
        (int64_t)load_le64(bytes.data + 32)
    };
    return true;
}

bool docvalues_buried(struct docvalues *d, uint64_t key_low,
                      uint64_t key_high, uint32_t nth, struct grave *grave)
{
    struct grave least = { key_high, key_low, 0, 0, INT64_MIN };
    uint32_t low = 0, high = d->grave_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (!docvalues_grave(d, middle, grave))
            return false;
        if (grave_order(grave, &least) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return nth < d->grave_count - low &&
           docvalues_grave(d, low + nth, grave) &&
           grave->key_high == key_high && grave->key_low == key_low;
}

static bool graves_rise(struct docvalues *d)
{
    struct grave before, at;

    for (uint32_t i = 0; i < d->grave_count; i++, before = at) {
        if (!docvalues_grave(d, i, &at))
            return false;
        if (i && grave_order(&before, &at) >= 0)
            return false;
    }
    return true;
}

/* Keys rise, equal ones by document: so every document is there once.  What
 * is wrong, or NULL. */
static const char *identity_breach(struct docvalues *d,
                                   const struct live *live)
{
    uint32_t before = NO_DOC, alive = 0;

    for (uint32_t i = 0; i < d->count; i++) {
        uint32_t doc = identity_at(d, i);
        int order = -1;

        if (doc == NO_DOC)
            return "keys lead to no document";
        if (before != NO_DOC)
            order = key_order(d, before,
                              docvalues_get(d, COLUMN_KEY_LOW, doc),
                              docvalues_get(d, COLUMN_KEY_HIGH, doc));
        if (order > 0 || (order == 0 && before >= doc))
            return "keys do not rise";
        alive = (order == 0 ? alive : 0) + live_has(live, doc);
        if (alive > 1)
            return "two documents of one key live";
        before = doc;
    }
    return NULL;
}

enum status docvalues_verify(struct docvalues *d, const struct live *live,
                             struct error *err)
{
    const char *breach = identity_breach(d, live);
    uint64_t sum = 0;
    bool sound = true;

    for (uint32_t doc = 0; doc < d->count; doc++) {
        uint64_t len = docvalues_get(d, COLUMN_LENGTH, doc);

        sum += len;
        sound &= len <= FORMAT_WORDS_MAX;
        sound &= docvalues_get(d, COLUMN_SOURCE, doc) < d->sources.count;
        sound &= docvalues_get(d, COLUMN_LANG, doc) < d->langs.count;
    }
    if (!sound || sum != d->sum_lengths)
        sealed_damaged(d->file, d->columns[COLUMN_LENGTH].offset,
                       "lengths, sources or languages do not add up");
    if (breach)
        sealed_damaged(d->file, d->identity, breach);
    if (!graves_rise(d))
        sealed_damaged(d->file, d->graves, "graves do not rise");
    if (d->file->damage.code == OK)
        return OK;
    return error_set(err, ERR_CORRUPT, "%s", d->file->damage.message);
}
