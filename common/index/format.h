/* format.h -- FORMAT.md as constants. */
#ifndef LEDE_INDEX_FORMAT_H
#define LEDE_INDEX_FORMAT_H

#include <stdint.h>

#define FORMAT_VERSION 5
#define FORMAT_MAGIC "LEDE"
#define FORMAT_FOOTER_MAGIC "EDEL"

/* Section 2: the kinds of sealed files; the first six are a segment's. */
enum file_kind {
    KIND_TERMS = 1, KIND_POSTINGS, KIND_POSITIONS, KIND_BOUNDS,
    KIND_COLUMNS, KIND_STORE, KIND_LIVE, KIND_MANIFEST,
    KIND_ATTACHMENT = 16
};

/* Section 11: what is kept beside the segments. */
enum attachment_kind {
    ATTACHMENT_REJECTS = 1, ATTACHMENT_LEDGER = 2, ATTACHMENT_PEOPLE = 3
};

enum {
    FORMAT_HEADER = 32,         /* bytes before the body */
    FORMAT_FOOTER = 32,         /* bytes behind the checksums */
    FORMAT_SEAL_BLOCK = 64 << 10,
    FORMAT_SEGMENT_FILES = 6,

    FORMAT_TERM_BLOCK = 32,     /* section 3: keys a block */
    FORMAT_KEY_MAX = 1000,
    FORMAT_STEMS_MAX = 1 << 18, /* of one word */
    FORMAT_INSIDE_MAX = 16,     /* bytes of positions in the lexicon */

    FORMAT_BLOCK = 128,         /* section 4: postings a block */
    FORMAT_SUPERBLOCK = 32,     /* blocks a superblock */
    FORMAT_GROUP = 32,          /* section 5: documents a group */

    FORMAT_BOUNDS_GROUP = 16,   /* section 6 */
    FORMAT_WORDS_MAX = (1 << 24) - 1,

    FORMAT_STORE_BLOCK = 16 << 10,  /* section 8 */
    FORMAT_RECORD_MAX = 1 << 28,
};

/* Section 3: metadata stand among the stems under this byte and a letter. */
#define FORMAT_META '\x01'

enum meta_field {
    META_SOURCE = 's', META_LANG = 'l', META_AUTHOR = 'a',
    META_SECTION = 'c', META_TAG = 't',
    META_SPEAKER = 'p', META_KIND = 'k', META_SURE = 'u'
};

#define FORMAT_UNDATED INT64_MIN

/* Documents of one segment, and of all that are searched together. */
#define NO_DOC UINT32_MAX

#endif
