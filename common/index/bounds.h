/* bounds.h -- where title, lead, paragraphs and sentences of a document
 * begin (FORMAT.md section 6).
 */
#ifndef LEDE_INDEX_BOUNDS_H
#define LEDE_INDEX_BOUNDS_H

#include "common/index/sealed.h"

/* The beginnings in one document, in positions. */
struct bounds {
    uint32_t title_len, lead_len;       /* words */
    const uint32_t *sentences;          /* starts, ascending; first is 0 */
    const uint8_t *paragraph;           /* 1 where a paragraph begins too */
    size_t count;
};

/* --- Writing: one document after the other --- */
struct bounds_writer {
    struct sealed_writer *file;
    struct buffer directory, record;
    uint64_t count;
};

void bounds_writer_init(struct bounds_writer *w, struct sealed_writer *file);
void bounds_put(struct bounds_writer *w, const struct bounds *b);
void bounds_finish(struct bounds_writer *w);    /* releases it too */

/* --- Reading; opening checks the root: ERR_CORRUPT --- */
struct bounds_reader {
    struct sealed *file;
    uint64_t count, directory;
    struct buffer sentences, paragraph;         /* of the last one read */
};

enum status bounds_open(struct bounds_reader *r, struct sealed *file,
                        struct error *err);
void bounds_close(struct bounds_reader *r);

/* The bounds of a document; they live until the next call.  False: damage. */
bool bounds_get(struct bounds_reader *r, uint32_t doc, struct bounds *b);

#endif
