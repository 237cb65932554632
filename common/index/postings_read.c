/* postings_read.c -- a cursor over the documents of one stem.
 *
 * Opening touches the directory and the first block.  Seeking doubles its
 * steps over the last documents in the directory, then halves: only the one
 * block where the target can be is decoded, and of it only the documents;
 * frequencies are decoded when the first is asked for.  Seeking 700:
 *
 *   directory   last:  95   310   512   890   1204 ...
 *                       ^     ^           ^
 *   from block 0 -------+- 1 -+--- 2 -----+      block 3 is decoded
 *   block 3     515 540 ... [701] ... 890        and halved
 *
 * Invariants that are checked whenever a block is decoded: its bytes lie
 * behind those of the block before; documents rise and are < doc_count; the
 * last one is what the directory says; gaps fill exactly their bytes.
 */
#include "common/index/postings.h"

enum { ENTRY = 32 };

/* A block's line in the directory. */
static const uint8_t *entry_of(const struct postings *p, uint32_t block)
{
    return p->directory.data + (size_t)ENTRY * block;
}

static uint32_t last_of(const struct postings *p, uint32_t block)
{
    return load_le32(entry_of(p, block));
}

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

/* Most gaps and frequencies are one byte. */
static inline uint32_t take_number(struct scan *s)
{
    if (s->at < s->end && *s->at < 0x80)
        return *s->at++;
    return scan_varint32(s);
}

/* The bytes of a block. */
static bool block_bytes(struct postings *p, uint32_t block,
                        struct bytes *bytes)
{
    uint64_t head = p->directory.len, total = p->stem.postings_len - head;
    uint64_t start = 0, end = total;

    if (head) {
        if (block)
            start = load_le64(entry_of(p, block - 1) + 16);
        end = load_le64(entry_of(p, block) + 16);
        if (block + 1 == p->block_count && end != total)
            return damaged(p, "the last block of postings ends elsewhere");
    }
    if (start >= end || end > total)
        return damaged(p, "a block of postings cannot be there");
    *bytes = sealed_at(p->file, p->stem.postings + head + start, end - start);
    p->broken |= !bytes->data;
    return !p->broken;
}

/* How many documents a block has. */
static uint32_t count_of(const struct postings *p, uint32_t block)
{
    return block + 1 < p->block_count ? FORMAT_BLOCK
                                      : (p->df - 1) % FORMAT_BLOCK + 1;
}

/* Documents of a block from its gaps. */
static bool gaps_undo(struct postings *p, uint32_t block, struct scan gaps,
                      uint32_t *docs)
{
    uint64_t doc = block ? (uint64_t)last_of(p, block - 1) + 1 : 0;
    uint32_t count = count_of(p, block);

    for (uint32_t i = 0; i < count; i++) {
        doc += take_number(&gaps);
        docs[i] = (uint32_t)doc;
        doc++;
    }
    /* Sums of 128 numbers below 2^32 do not overflow, and the last document
     * is the largest: one test speaks for all of them. */
    if (gaps.bad || gaps.at != gaps.end || doc > p->doc_count)
        return damaged(p, "documents of a stem cannot be");
    if (p->directory.len && docs[count - 1] != last_of(p, block))
        return damaged(p, "the last document of a block is another");
    return true;
}

/* The two parts of a block. */
static bool block_split(struct postings *p, uint32_t block,
                        struct bytes *gaps, struct bytes *freqs)
{
    struct bytes bytes;
    struct scan s;

    if (!block_bytes(p, block, &bytes))
        return false;
    s = scan_of(bytes);
    *gaps = scan_take(&s, scan_varint(&s));
    if (s.bad)
        return damaged(p, "a block of postings is cut short");
    *freqs = bytes_of(s.at, scan_left(&s));
    return true;
}

static bool block_decode(struct postings *p, uint32_t block)
{
    struct bytes gaps;

    if (!block_split(p, block, &gaps, &p->freq_bytes))
        return false;
    p->filled = count_of(p, block);
    p->freqs_ready = false;
    p->block = block;
    p->at = 0;
    return gaps_undo(p, block, scan_of(gaps), p->docs);
}

void postings_open(struct postings *p, struct sealed *file,
                   struct sealed *positions_file, struct docvalues *values,
                   const struct stem *stem, uint32_t doc_count,
                   uint32_t title_weight)
{
    uint64_t head = 0;

    /* The arrays are not cleared: a query opens many cursors. */
    p->doc = NO_DOC;
    p->df = stem->df;
    p->file = file;
    p->positions_file = positions_file;
    p->values = values;
    p->stem = *stem;
    p->doc_count = doc_count;
    p->title_weight = title_weight;
    p->directory = BYTES_NONE;
    p->block_count = stem->df / FORMAT_BLOCK + (stem->df % FORMAT_BLOCK > 0);
    p->block = p->filled = p->at = 0;
    p->freqs_ready = p->broken = p->bound_ready = false;
    p->freq_bytes = BYTES_NONE;
    p->where_block = NO_DOC;
    p->where_at = 0;
    if (p->block_count > 1)
        head = (uint64_t)ENTRY * p->block_count;
    p->largest_freq = 0;
    if (stem->df == 0) {
        end_here(p);
        return;
    }
    if (stem->df > doc_count || head >= stem->postings_len)
        damaged(p, "a stem has more documents than there can be");
    else if (head)
        p->directory = sealed_at(file, stem->postings, head);
    p->broken |= head && !p->directory.data;
    if (p->broken || !block_decode(p, 0))
        end_here(p);
    else
        p->doc = p->docs[0];
    p->last = p->broken ? NO_DOC : p->block_count > 1
        ? last_of(p, p->block_count - 1) : p->docs[p->filled - 1];
}

/* The first block, from `from` on, whose last document is >= target, by
 * doubling and halving; block_count if none is. */
static uint32_t block_find(const struct postings *p, uint32_t from,
                           uint32_t target)
{
    uint32_t step = 1, low = from, high = from;

    while (high < p->block_count && last_of(p, high) < target) {
        low = high + 1;
        high += step;
        step *= 2;
    }
    if (high > p->block_count)
        high = p->block_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (last_of(p, middle) < target)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
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
    if (!p->directory.len)
        return end_here(p);
    block = block_find(p, p->block + 1, target);
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

/* All frequencies of a block; ones on damage. */
static bool freqs_undo(struct postings *p, struct bytes bytes,
                       uint32_t *freqs, uint32_t count)
{
    struct scan s = scan_of(bytes);

    for (uint32_t i = 0; i < count; i++) {
        uint32_t less = take_number(&s);

        s.bad |= less == UINT32_MAX;
        freqs[i] = less + 1;
    }
    if (!s.bad && s.at == s.end)
        return true;
    for (uint32_t i = 0; i < count; i++)
        freqs[i] = 1;
    return damaged(p, "frequencies of a stem cannot be");
}

static void freqs_decode(struct postings *p)
{
    freqs_undo(p, p->freq_bytes, p->freqs, p->filled);
    p->freqs_ready = true;
}

uint32_t postings_freq(struct postings *p)
{
    if (p->doc == NO_DOC)
        return 1;
    if (!p->freqs_ready)
        freqs_decode(p);
    return p->freqs[p->at];
}

/* --- Blocks --- */

/* Without a directory the one block speaks for itself, once. */
static void small_bound(struct postings *p)
{
    uint32_t freqs[FORMAT_BLOCK], largest = 1;

    if (p->bound_ready)
        return;
    if (p->filled)              /* 0: it has ended */
        freqs_undo(p, p->freq_bytes, freqs, p->filled);
    for (uint32_t i = 0; i < p->filled; i++)
        largest = freqs[i] > largest ? freqs[i] : largest;
    p->largest_freq = largest;
    p->bound = p->stem.positions_len ? postings_tf_bound(largest, 0, 0)
                                     : 1.0f;
    p->bound_ready = true;
}

static float bound_of(struct postings *p, uint32_t block)
{
    float bound;

    if (!p->directory.len) {
        small_bound(p);
        return p->bound;
    }
    memcpy(&bound, &(uint32_t){ load_le32(entry_of(p, block) + 12) }, 4);
    if (bound >= 0 && bound <= 1)
        return bound;
    damaged(p, "the bound of a block of postings cannot be");
    return 1;
}

uint32_t postings_block_find(struct postings *p, uint32_t from,
                             uint32_t target)
{
    if (p->broken || from >= p->block_count)
        return p->block_count;
    if (p->directory.len)
        return block_find(p, from, target);
    return target > p->last ? p->block_count : 0;
}

bool postings_block_info(struct postings *p, uint32_t block,
                         struct postings_block *info)
{
    *info = (struct postings_block){ .first = NO_DOC, .last = NO_DOC };
    if (p->broken || block >= p->block_count)
        return false;
    info->count = count_of(p, block);
    info->bound = bound_of(p, block);
    info->first = block ? last_of(p, block - 1) + 1 : 0;
    info->last = p->last;
    info->largest_freq = p->largest_freq;
    if (p->directory.len) {
        info->last = last_of(p, block);
        info->largest_freq = load_le32(entry_of(p, block) + 4);
        info->least_len = load_le32(entry_of(p, block) + 8);
    }
    return true;
}

uint32_t postings_block_docs(struct postings *p, uint32_t block,
                             uint32_t docs[FORMAT_BLOCK])
{
    struct bytes gaps, freqs;

    if (p->broken || block >= p->block_count ||
        !block_split(p, block, &gaps, &freqs) ||
        !gaps_undo(p, block, scan_of(gaps), docs))
        return 0;
    return count_of(p, block);
}

bool postings_block_freqs(struct postings *p, uint32_t block,
                          uint32_t freqs[FORMAT_BLOCK])
{
    struct bytes gaps, bytes;

    return !p->broken && block < p->block_count &&
           block_split(p, block, &gaps, &bytes) &&
           freqs_undo(p, bytes, freqs, count_of(p, block));
}

/* The largest bound of [from, end). */
static float bound_among(struct postings *p, uint32_t from, uint32_t end)
{
    float most = 0;

    for (uint32_t block = from; block < end; block++) {
        float bound = bound_of(p, block);

        most = bound > most ? bound : most;
    }
    return most;
}

float postings_super_bound(struct postings *p, uint32_t target,
                           uint32_t *upto)
{
    uint32_t block = postings_block_find(p, 0, target), from, end;

    *upto = NO_DOC;
    if (block == p->block_count)
        return 0;
    from = block / FORMAT_SUPERBLOCK * FORMAT_SUPERBLOCK;
    end = from + FORMAT_SUPERBLOCK;
    if (end < p->block_count)
        *upto = last_of(p, end - 1);
    return bound_among(p, from, end < p->block_count ? end : p->block_count);
}

float postings_list_bound(struct postings *p)
{
    return p->broken ? 0 : bound_among(p, 0, p->block_count);
}

struct postings_bound postings_bound_at(struct postings *p, uint32_t target)
{
    uint32_t from = p->block < p->block_count ? p->block : 0;
    struct postings_block info;

    if (from && p->directory.len && last_of(p, from - 1) >= target)
        from = 0;
    if (!postings_block_info(p, postings_block_find(p, from, target), &info))
        return (struct postings_bound){ 0, 0, 0, NO_DOC };
    return (struct postings_bound){
        info.bound, info.largest_freq, info.least_len, info.last
    };
}
