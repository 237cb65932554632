/* quote_builder.c -- the companion of a segment in the making.
 *
 *   article: "..., he said in Ankara.", headline
 *     -> title: the words said   lead: the rest of the sentence
 *        body:  the headline     p: the speaker, k: the kind, ...
 *     -> a builder of its own
 *
 * What is said weighs as a title does, so that "about" is ranked search as
 * it is over articles.
 */
#define XXH_INLINE_ALL
#include "indexer/invert/quote_builder.h"

#include <stdlib.h>
#include <xxhash.h>

#include "common/text/unicode.h"

enum { META_MOST = 5, SURE_PERCENT = 90 };

struct quote_builder {
    char *dir;
    uint64_t uuid, generation;
    struct builder_options options;
    struct builder *builder;        /* NULL until there is a quotation */
    struct buffer record, lead, folded, letters;
};

struct quote_builder *quote_builder_new(const char *dir, uint64_t uuid,
                                        uint64_t generation,
                                        const struct builder_options *options)
{
    struct quote_builder *q = must_calloc(1, sizeof(*q));

    q->dir = must_copy(dir);
    q->uuid = uuid;
    q->generation = generation;
    q->options = *options;
    q->options.quotes = false;
    q->options.memory /= QUOTE_BUILDER_PART;
    return q;
}

bool quote_builder_fits(const struct quote_builder *q, size_t count)
{
    return !q || !q->builder || count <= builder_room(q->builder);
}

/* The signs of U+2000 to U+203F (dashes, marks), and of Latin-1. */
static size_t sign_len(const uint8_t *at, size_t left)
{
    return left > 2 && at[0] == 0xe2 && at[1] == 0x80 ? 3
         : left > 1 && at[0] == 0xc2 ? 2 : 0;
}

/* Appends what two copies have in common: letters and digits. */
static void put_letters(struct quote_builder *q, struct bytes text)
{
    const uint8_t *d;
    size_t sign;

    buffer_clear(&q->folded);
    unicode_lower(&q->folded, text, false);
    d = q->folded.data;
    for (size_t i = 0; i < q->folded.len; i += sign ? sign : 1) {
        sign = sign_len(d + i, q->folded.len - i);
        if (!sign && (d[i] >= 0x80 || (unsigned)(d[i] - 'a') < 26 ||
                      (unsigned)(d[i] - '0') < 10))
            buffer_put_u8(&q->letters, d[i]);
    }
}

/* Sergei and Sergey Lavrov say the same when their words are the same. */
static struct bytes last_word(struct bytes name)
{
    size_t from = name.len;

    while (from && name.data[from - 1] != ' ')
        from--;
    return bytes_part(name, from, name.len - from);
}

static void fill_row(struct quote_builder *q, struct docvalues_row *row,
                     const struct article *a, uint32_t doc, uint64_t key,
                     const struct quotation_record *r, uint64_t before)
{
    struct { uint64_t key, words, before; } identity = { key, 0, before };
    XXH128_hash_t hash;

    buffer_clear(&q->letters);
    put_letters(q, last_word(quotation_speaker(r)));
    buffer_put_u8(&q->letters, '|');
    put_letters(q, r->words);
    identity.words = XXH3_64bits(r->words.data, r->words.len);
    hash = XXH3_128bits(&identity, sizeof(identity));
    *row = (struct docvalues_row){ .values = {
        [COLUMN_PUBLISHED] = (uint64_t)a->published.seconds,
        [COLUMN_MODIFIED] = doc,
        [COLUMN_KEY_LOW] = hash.low64, [COLUMN_KEY_HIGH] = hash.high64,
        [COLUMN_CONTENT] = XXH3_64bits(q->letters.data, q->letters.len),
        [COLUMN_VERSION] = (uint64_t)r->kind | (uint64_t)r->denied << 2 |
                           (uint64_t)r->percent << 3 |
                           quotation_sketch(r->words) } };
}

/* How often these words were there before in the article. */
static uint64_t times_before(const struct article *a, size_t n,
                             const struct bytes *fields)
{
    const struct quotation *q = &a->quotes.items[n];
    struct bytes words = bytes_part(fields[q->where], q->start,
                                    q->end - q->start);
    uint64_t times = 0;

    for (size_t i = n; i-- > 0 && n - i < 64;) {
        const struct quotation *other = &a->quotes.items[i];

        times += bytes_equal(words, bytes_part(fields[other->where],
                             other->start, other->end - other->start));
    }
    return times;
}

static enum status add(struct quote_builder *q, const struct article *a,
                       uint32_t doc, uint64_t key, size_t n,
                       struct error *err)
{
    const struct bytes fields[] = { a->title, a->lead, a->body };
    const struct quotation *quote = &a->quotes.items[n];
    struct builder_meta meta[META_MOST];
    struct builder_document d = { .body = a->title, .lang = a->lang,
                                  .meta = meta };
    struct quotation_record r;

    buffer_clear(&q->record);
    quotation_pack(&q->record, quote, fields[quote->where]);
    if (!quotation_unpack(&r, buffer_bytes(&q->record)))
        return OK;
    buffer_clear(&q->lead);
    buffer_put_bytes(&q->lead, r.before);
    buffer_put_str(&q->lead, "\n\n");
    buffer_put_bytes(&q->lead, r.after);
    d.title = r.words;
    d.lead = buffer_bytes(&q->lead);
    d.record = buffer_bytes(&q->record);
    d.name = quotation_speaker(&r);
    fill_row(q, &d.row, a, doc, key, &r, times_before(a, n, fields));
    meta[d.meta_count++] = (struct builder_meta){ META_SOURCE, a->source };
    meta[d.meta_count++] = (struct builder_meta){ META_LANG,
                                           bytes_str(a->lang.code) };
    meta[d.meta_count++] = (struct builder_meta){ META_SPEAKER, d.name };
    meta[d.meta_count++] = (struct builder_meta){ META_KIND,
                               bytes_str(quotation_kind_name(r.kind)) };
    if (r.percent >= SURE_PERCENT)
        meta[d.meta_count++] = (struct builder_meta){ META_SURE,
                                                      bytes_str("sure") };
    return builder_put(q->builder, &d, err);
}

enum status quote_builder_add(struct quote_builder *q, const struct article *a,
                              uint32_t doc, uint64_t key, struct error *err)
{
    enum status code = OK;

    if (!q || !a->quotes.count)
        return OK;
    if (!q->builder)
        q->builder = builder_new(q->dir, NULL, q->uuid, q->generation,
                                 &q->options);
    for (size_t i = 0; i < a->quotes.count && code == OK; i++)
        code = add(q, a, doc, key, i, err);
    return code;
}

enum status quote_builder_finish(struct quote_builder *q,
                                 struct segment_quotes *info,
                                 struct error *err)
{
    struct segment_info written;
    enum status code;

    if (!q || !q->builder)
        return OK;
    code = builder_write(q->builder, &written, err);
    if (code != OK)
        return code;
    info->id = written.id;
    info->doc_count = written.doc_count;
    info->sum_lengths = written.sum_lengths;
    memcpy(info->sizes, written.sizes, sizeof(info->sizes));
    return OK;
}

void quote_builder_free(struct quote_builder *q)
{
    if (!q)
        return;
    builder_free(q->builder);
    buffer_release(&q->record);
    buffer_release(&q->lead);
    buffer_release(&q->folded);
    buffer_release(&q->letters);
    free(q->dir);
    free(q);
}
