/* source_trec.c -- TREC and Reuters-21578 SGML, streamed: one article a
 * <DOC> or <REUTERS>.  A record without its end costs nothing but its end.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "indexer/read/sgml.h"
#include "indexer/read/source_member.h"

enum { HEAD_LEN = 4096 };

struct trec {
    bool reuters;
    uint64_t count;
};

static enum status begin(struct source *s, struct error *err)
{
    struct trec *trec = must_calloc(1, sizeof(*trec));
    struct bytes head;
    enum status rc = source_window(&head, s, HEAD_LEN, err);

    s->state = trec;
    trec->reuters = head.len && memmem(head.data, head.len, "<REUTERS", 8);
    return rc;
}

static enum status trec_next(struct source *s, struct article *out,
                             struct arena *arena, struct error *err)
{
    struct buffer text = BUFFER_INIT;
    struct trec *trec;
    struct bytes piece;
    size_t replaced;
    bool cut;
    enum status rc;

    if (!s->state && begin(s, err) != OK)
        return err->code;
    trec = s->state;
    source_stamp(s, out);
    rc = trec->reuters ? source_piece(&piece, s, "<REUTERS", "</REUTERS>",
                                      &cut, err)
                       : source_piece(&piece, s, "<DOC", "</DOC>", &cut, err);
    if (rc == END) {
        s->done = true;
        return trec->count ? END : error_set(err, ERR_INPUT, "%s: no <DOC> "
                                             "and no <REUTERS>", s->path);
    }
    out->record = trec->count++;
    out->offset = s->consumed - piece.len;
    if (rc != OK)
        return rc;
    replaced = source_decode(&text, s, piece, CHARSET_PLAIN);
    rc = trec->reuters
        ? reuters_article(out, buffer_bytes(&text), arena, err)
        : trec_article(out, buffer_bytes(&text), arena, err);
    buffer_release(&text);
    if (cut || replaced)
        out->flags |= ARTICLE_DEGRADED;
    return rc == OK ? OK : error_prefix(err, "%s: byte %" PRIu64, s->path,
                                        out->offset);
}

const struct source_ops source_trec = { "trec", trec_next, NULL };
