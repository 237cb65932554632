/* postings_read.c -- a cursor over the documents of one stem, and its blocks.
 *
 * Opening touches the head of the first superblock and the first block.
 * Seeking looks at the last documents of superblocks and blocks; only the one
 * block where the target can be is decoded, and of it only the documents;
 * frequencies are decoded when the first is asked for.  Seeking 700:
 *
 *   heads       last:  95   310   512   890   1204 ...
 *   block 3     515 540 ... [701] ... 890        decoded, and halved
 *
 * A stem of at most 128 documents is one block without a head; one of a single
 * document is not in the file.
 */
#include "common/index/postings.h"

static bool damaged(struct postings *p, const char *what)
{
    sealed_damaged(p->file, p->stem.postings, what);
    p->broken = true;
    return false;
}

static uint32_t end_here(struct postings *p)
{
    p->block = p->block_count;
    p->filled = 0;
    p->at = 0;
    p->doc = NO_DOC;
    return NO_DOC;
}

/* How many documents a block has. */
static uint32_t count_of(const struct postings *p, uint32_t block)
{
    return block + 1 < p->block_count ? FORMAT_BLOCK
                                      : (p->df - 1) % FORMAT_BLOCK + 1;
}

/* --- One block without a head --- */

/* The documents of a small list; `bits` then stands on its frequencies. */
static bool small_docs(struct postings *p, uint32_t *docs,
                       struct bits_reader *bits)
{
    struct bytes bytes;
    struct scan s;

    docs[0] = p->last = p->stem.doc;
    *bits = (struct bits_reader){ NULL, 0, 0 };
    if (p->df > 1) {
        bytes = sealed_at(p->file, p->stem.postings, p->stem.postings_len);
        s = scan_of(bytes);
        p->last = docs[p->df - 1] = scan_varint32(&s);
        *bits = bits_reader_of(bytes_of(s.at, scan_left(&s)));
        if (!bytes.data) {
            p->broken = true;
            return false;
        }
        if (s.bad || !places_take(bits, docs, p->df - 1, p->last))
            return damaged(p, "documents of a stem cannot be");
    }
    return p->last < p->doc_count ||
           damaged(p, "a document of a stem cannot be");
}

static bool sums_undo(const struct postings *p, struct bits_reader *bits,
                      uint32_t *freqs)
{
    uint32_t before = UINT32_MAX, last = (uint32_t)(p->stem.total - 1);

    if (!places_take(bits, freqs, p->df - 1, last))
        return false;
    freqs[p->df - 1] = last;
    for (uint32_t i = 0; i < p->df; i++) {
        uint32_t sum = freqs[i];

        freqs[i] = sum - before;
        before = sum;
    }
    return true;
}

/* Nothing but zeros up to a whole byte is left. */
static bool at_end(const struct bits_reader *bits)
{
    uint64_t left = bits->end - bits->at;

    return left < 8 && (left == 0 || !(bits_peek(bits) &
                                       ((UINT64_C(1) << left) - 1)));
}

/* The frequencies of a small list; ones on damage. */
static bool small_freqs(struct postings *p, struct bits_reader bits,
                        uint32_t *freqs)
{
    uint64_t total = p->stem.total;
    bool sound = true;

    if (total == p->df)
        for (uint32_t i = 0; i < p->df; i++)
            freqs[i] = 1;
    else if (p->df == 1)
        freqs[0] = total < UINT32_MAX ? (uint32_t)total : 0;
    else if (total - 1 > UINT32_MAX)
        for (uint32_t i = 0; i < p->df && sound; i++) {
            freqs[i] = (uint32_t)bits_take(&bits, 32);
            sound = !bits_over(&bits);
        }
    else
        sound = sums_undo(p, &bits, freqs);
    for (uint32_t i = 0; i < p->df && sound; i++)
        sound = freqs[i] >= 1 && freqs[i] < UINT32_MAX;
    if (sound && at_end(&bits))
        return true;
    for (uint32_t i = 0; i < p->df; i++)
        freqs[i] = 1;
    return damaged(p, "frequencies of a stem cannot be");
}

/* --- Blocks with heads --- */

/* What is known of a block, and its bytes. */
static bool block_bytes(struct postings *p, uint32_t number,
                        struct block_frame *block, struct bytes *bytes)
{
    struct superblock_entry entry;

    if (!superblocks_entry(&p->supers, number, &entry)) {
        p->broken = true;
        return false;
    }
    *block = (struct block_frame){ count_of(p, number), entry.first,
                                   entry.last };
    *bytes = sealed_at(p->file, entry.at, entry.len);
    p->broken |= !bytes->data;
    return !p->broken;
}

/* The bytes of its frequencies. */
static bool freqs_at(struct postings *p, const struct block_frame *block,
                     struct bytes bytes, struct bytes *freqs)
{
    size_t len = block_docs_len(block, bytes);

    if (len == 0)
        return damaged(p, "a block of postings is cut short");
    *freqs = bytes_part(bytes, len, bytes.len - len);
    return true;
}

static bool block_freqs(struct postings *p, struct bytes bytes,
                        uint32_t count, uint32_t *freqs)
{
    if (block_take_freqs(bytes, count, freqs))
        return true;
    for (uint32_t i = 0; i < count; i++)
        freqs[i] = 1;
    return damaged(p, "frequencies of a stem cannot be");
}

static bool block_decode(struct postings *p, uint32_t number)
{
    struct block_frame block;
    struct bytes bytes;

    p->freqs_ready = false;
    p->filled = count_of(p, number);
    p->block = number;
    p->at = 0;
    if (p->block_count == 1)
        return small_docs(p, p->docs, &p->freq_bits);
    return block_bytes(p, number, &block, &bytes) &&
           freqs_at(p, &block, bytes, &p->freq_bytes) &&
           (block_take_docs(&block, bytes, p->docs) ||
            damaged(p, "documents of a stem cannot be"));
}

/* --- The cursor --- */

static void list_open(struct postings *p)
{
    const struct stem *stem = &p->stem;

    if (stem->df > p->doc_count) {
        damaged(p, "a stem has more documents than there can be");
        return;
    }
    if (p->block_count > 1) {
        p->broken = !superblocks_open(&p->supers, p->file, stem->postings,
                                      stem->postings_len,
                                      stem->positions_len, p->doc_count,
                                      p->block_count);
        p->last = p->broken ? NO_DOC : superblocks_last(&p->supers);
    }
}

void postings_open(struct postings *p, struct sealed *file,
                   struct sealed *positions_file, struct docvalues *values,
                   const struct stem *stem, uint32_t doc_count,
                   uint32_t title_weight)
{
    /* The arrays are not cleared: a query opens many cursors. */
    p->doc = p->last = NO_DOC;
    p->df = stem->df;
    p->file = file;
    p->positions_file = positions_file;
    p->values = values;
    p->stem = *stem;
    p->doc_count = doc_count;
    p->title_weight = title_weight;
    p->block_count = stem->df / FORMAT_BLOCK + (stem->df % FORMAT_BLOCK > 0);
    p->block = p->filled = p->at = 0;
    p->freqs_ready = p->broken = p->bound_ready = false;
    p->where_block = NO_DOC;
    p->where_at = 0;
    p->largest_freq = 0;
    memset(p->inside, 0, sizeof(p->inside));
    memcpy(p->inside, stem->inside_bytes, sizeof(stem->inside_bytes));
    if (stem->df == 0) {
        end_here(p);
        return;
    }
    list_open(p);
    if (p->broken || !block_decode(p, 0))
        end_here(p);
    else
        p->doc = p->docs[0];
}

/* The first document >= target of the block, which has one. */
static uint32_t stand_in_block(struct postings *p, uint32_t target)
{
    uint32_t low = p->at, left = p->filled - p->at;

    while (left > 1) {
        uint32_t half = left / 2;

        low += p->docs[low + half - 1] < target ? half : 0;
        left -= half;
    }
    p->at = low;
    p->doc = p->docs[low];
    return p->doc;
}

uint32_t postings_seek(struct postings *p, uint32_t target)
{
    uint32_t block;

    if (p->doc >= target)
        return p->doc;
    if (p->broken)
        return end_here(p);
    if (target <= p->docs[p->filled - 1])
        return stand_in_block(p, target);
    block = postings_block_find(p, p->block + 1, target);
    if (block >= p->block_count || !block_decode(p, block))
        return end_here(p);
    return stand_in_block(p, target);
}

uint32_t postings_next(struct postings *p)
{
    if (p->doc == NO_DOC)
        return NO_DOC;
    if (p->broken)
        return end_here(p);
    if (++p->at < p->filled)
        return p->doc = p->docs[p->at];
    if (p->block + 1 >= p->block_count || !block_decode(p, p->block + 1))
        return end_here(p);
    return p->doc = p->docs[0];
}

uint32_t postings_freq(struct postings *p)
{
    if (p->doc == NO_DOC)
        return 1;
    if (!p->freqs_ready) {
        if (p->block_count == 1)
            small_freqs(p, p->freq_bits, p->freqs);
        else
            block_freqs(p, p->freq_bytes, p->filled, p->freqs);
        p->freqs_ready = true;
    }
    return p->freqs[p->at];
}

/* --- Blocks --- */

/* Without a head the one block speaks for itself, once. */
static void small_bound(struct postings *p)
{
    uint32_t freqs[BITPACK_ROOM], largest = 1;

    if (p->bound_ready)
        return;
    small_freqs(p, p->freq_bits, freqs);
    for (uint32_t i = 0; i < p->df; i++)
        largest = freqs[i] > largest ? freqs[i] : largest;
    p->largest_freq = largest;
    p->bound = p->stem.positions_len ? postings_tf_bound(largest, 0, 0)
                                     : 1.0f;
    p->bound_ready = true;
}

uint32_t postings_block_find(struct postings *p, uint32_t from,
                             uint32_t target)
{
    uint32_t block = p->block_count;

    if (p->broken || from >= p->block_count || target > p->last)
        return p->block_count;
    if (p->block_count == 1)
        return 0;
    block = superblocks_find(&p->supers, from, target);
    p->broken |= block >= p->block_count;
    return block;
}

bool postings_block_info(struct postings *p, uint32_t block,
                         struct postings_block *info)
{
    struct superblock_entry entry;

    *info = (struct postings_block){ .first = NO_DOC, .last = NO_DOC };
    if (p->broken || block >= p->block_count)
        return false;
    info->count = count_of(p, block);
    if (p->block_count == 1) {
        small_bound(p);
        info->first = 0;
        info->last = p->last;
        info->bound = p->bound;
        info->largest_freq = p->largest_freq;
        return true;
    }
    if (!superblocks_entry(&p->supers, block, &entry)) {
        p->broken = true;
        return false;
    }
    info->first = entry.first;
    info->last = entry.last;
    info->bound = entry.bound;
    info->largest_freq = entry.largest_freq;
    info->least_len = entry.least_len;
    return true;
}

uint32_t postings_block_docs(struct postings *p, uint32_t number,
                             uint32_t docs[BITPACK_ROOM])
{
    struct bits_reader bits;
    struct block_frame block;
    struct bytes bytes;

    if (p->broken || number >= p->block_count)
        return 0;
    if (p->block_count == 1)
        return small_docs(p, docs, &bits) ? p->df : 0;
    if (!block_bytes(p, number, &block, &bytes))
        return 0;
    if (block_take_docs(&block, bytes, docs))
        return block.count;
    damaged(p, "documents of a stem cannot be");
    return 0;
}

bool postings_block_bits(struct postings *p, uint32_t number, uint32_t from,
                         uint64_t *bits, size_t words)
{
    struct block_frame block;
    struct bytes bytes;

    return !p->broken && number < p->block_count && p->block_count > 1 &&
           block_bytes(p, number, &block, &bytes) &&
           block_take_bits(&block, bytes, from, bits, words);
}

bool postings_block_freqs(struct postings *p, uint32_t number,
                          uint32_t freqs[BITPACK_ROOM])
{
    struct block_frame block;
    struct bytes bytes, part;

    if (p->broken || number >= p->block_count)
        return false;
    if (p->block_count == 1)
        return small_freqs(p, p->freq_bits, freqs);
    return block_bytes(p, number, &block, &bytes) &&
           freqs_at(p, &block, bytes, &part) &&
           block_freqs(p, part, block.count, freqs);
}

float postings_super_bound(struct postings *p, uint32_t target,
                           uint32_t *upto)
{
    uint32_t block = postings_block_find(p, 0, target);
    float bound;

    *upto = NO_DOC;
    if (block == p->block_count)
        return 0;
    if (p->block_count == 1) {
        small_bound(p);
        return p->bound;
    }
    if (!superblocks_bound(&p->supers, block / FORMAT_SUPERBLOCK, &bound,
                           upto)) {
        p->broken = true;
        return 0;
    }
    if (*upto == p->last)
        *upto = NO_DOC;
    return bound;
}

float postings_list_bound(struct postings *p)
{
    float most = 0, bound;
    uint32_t last;

    if (p->broken || p->df == 0)
        return 0;
    if (p->block_count == 1) {
        small_bound(p);
        return p->bound;
    }
    for (uint32_t super = 0; super < p->supers.super_count; super++)
        if (superblocks_bound(&p->supers, super, &bound, &last))
            most = bound > most ? bound : most;
    return most;
}

bool postings_where(struct postings *p, uint32_t block, uint64_t *start,
                    uint64_t *len)
{
    struct superblock_entry entry;

    *start = 0;
    *len = p->stem.positions_len;
    if (p->block_count == 1)
        return true;
    if (!superblocks_entry(&p->supers, block, &entry)) {
        p->broken = true;
        return false;
    }
    *start = entry.where;
    *len = entry.where_len;
    return true;
}

struct postings_bound postings_bound_at(struct postings *p, uint32_t target)
{
    struct postings_block info;
    uint32_t block = postings_block_find(p, 0, target);

    if (!postings_block_info(p, block, &info))
        return (struct postings_bound){ 0, 0, 0, NO_DOC };
    return (struct postings_bound){
        info.bound, info.largest_freq, info.least_len, info.last
    };
}
