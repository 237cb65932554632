/* quotation.c -- a quotation as the index stores it.
 *
 *   +---+----------+-------+------+---------+-------+-----+-----+---------+
 *   | 1 | where +  |percent| start| words   | cue   |name |role | speaker |
 *   |   | 4 kind + |       |      |         |       |     |     |         |
 *   |   | 16 how + |       |      | before  | after |     |     |         |
 *   |   | 128 den. |       |      |         |       |     |     |         |
 *   +---+----------+-------+------+---------+-------+-----+-----+---------+
 *
 * Numbers are varints, texts a varint length with bytes; before and after
 * come behind the speaker.  A later version may add fields at the end.
 */
#include "common/quotation.h"

enum { RECORD_VERSION = 1, PERCENT_MOST = 100 };

static struct bytes part(struct bytes text, uint32_t start, uint32_t end)
{
    return end > start && end <= text.len
        ? bytes_part(text, start, end - start) : BYTES_NONE;
}

void quotation_pack(struct buffer *record, const struct quotation *q,
                    struct bytes text)
{
    float percent = q->confidence * 100.0f + 0.5f;

    buffer_put_u8(record, RECORD_VERSION);
    buffer_put_varint(record, (uint64_t)q->where | (uint64_t)q->kind << 2 |
                      (uint64_t)q->speaker_kind << 4 |
                      (uint64_t)q->denied << 7);
    buffer_put_varint(record, percent > 0 ? (uint64_t)percent : 0);
    buffer_put_varint(record, q->start);
    buffer_put_string(record, part(text, q->start, q->end));
    buffer_put_string(record, part(text, q->cue_start, q->cue_end));
    buffer_put_string(record, q->name);
    buffer_put_string(record, q->role);
    buffer_put_string(record, part(text, q->speaker_start, q->speaker_end));
    buffer_put_string(record, part(text, q->sentence_start, q->start));
    buffer_put_string(record, part(text, q->end, q->sentence_end));
}

bool quotation_unpack(struct quotation_record *r, struct bytes record)
{
    struct scan s = scan_of(record);
    uint8_t version = scan_u8(&s);
    uint64_t bits = scan_varint(&s);

    *r = (struct quotation_record){
        .where = (enum quotation_where)(bits & 3),
        .kind = (enum quotation_kind)(bits >> 2 & 3),
        .speaker_kind = (enum speaker_kind)(bits >> 4 & 7),
        .denied = bits >> 7 & 1 };
    r->percent = scan_varint32(&s);
    r->start = scan_varint32(&s);
    r->words = scan_string(&s);
    r->cue = scan_string(&s);
    r->name = scan_string(&s);
    r->role = scan_string(&s);
    r->speaker = scan_string(&s);
    r->before = scan_string(&s);
    r->after = scan_string(&s);
    r->end = r->start + (uint32_t)r->words.len;
    return !s.bad && version == RECORD_VERSION && bits < 256 &&
           r->where <= QUOTE_IN_BODY && r->kind <= QUOTE_REPORTED &&
           r->speaker_kind <= SPEAKER_CARRIED && r->percent <= PERCENT_MOST;
}

struct bytes quotation_speaker(const struct quotation_record *r)
{
    if (r->name.len)
        return r->name;
    return r->speaker_kind == SPEAKER_PRONOUN ? BYTES_NONE : r->speaker;
}

/* --- Sketches ----------------------------------------------------------- */

enum { SKETCH_BITS = 48, SKETCH_WORDS = 63, SKETCH_AT = 10, SKETCH_SETS = 16 };

static bool is_word_byte(uint8_t c)
{
    return c >= 0x80 || (unsigned)((c | 32) - 'a') < 26 ||
           (unsigned)(c - '0') < 10;
}

/* SplitMix64's last step (Steele, Lea and Flood 2014). */
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Four hashes of 16 bits at a time. */
static void take_word(uint16_t *least, uint64_t hash)
{
    for (unsigned i = 0; i < SKETCH_BITS; i += 4) {
        uint64_t four = mix(hash + i * 0x9e3779b97f4a7c15u);

        for (unsigned k = 0; k < 4; k++) {
            uint16_t one = (uint16_t)(four >> 16 * k);

            least[i + k] = one < least[i + k] ? one : least[i + k];
        }
    }
}

uint64_t quotation_sketch(struct bytes words)
{
    uint16_t least[SKETCH_BITS];
    uint64_t hash = 0, count = 0, sketch = 0;

    memset(least, 0xff, sizeof(least));
    for (size_t i = 0; i <= words.len; i++) {
        if (i < words.len && is_word_byte(words.data[i])) {
            hash = (hash ^ (words.data[i] | 32)) * 0x100000001b3u + 1;
        } else if (hash) {
            take_word(least, hash);
            count += count < SKETCH_WORDS;
            hash = 0;
        }
    }
    for (unsigned i = 0; i < SKETCH_BITS; i++)
        sketch |= (uint64_t)(least[i] & 1) << i;
    return count << SKETCH_AT | sketch << SKETCH_SETS;
}

unsigned sketch_agree(uint64_t version, uint64_t other)
{
    uint64_t differ = (version ^ other) >> SKETCH_SETS;

    return SKETCH_BITS - (unsigned)__builtin_popcountll(differ);
}

const char *quotation_kind_name(enum quotation_kind kind)
{
    static const char *const names[] = { "direct", "mixed", "reported" };

    return kind <= QUOTE_REPORTED ? names[kind] : "reported";
}

const char *quotation_where_name(enum quotation_where where)
{
    static const char *const names[] = { "title", "lead", "body" };

    return where <= QUOTE_IN_BODY ? names[where] : "body";
}
