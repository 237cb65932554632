/* identity.h -- which articles this build has seen, by their keys, and what
 * a reading of one comes to.
 */
#ifndef LEDE_INVERT_IDENTITY_H
#define LEDE_INVERT_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The content of an article that its wire has withdrawn.  Its document is dead
 * from the beginning, and stays as a mark: what the wire sent before comes in
 * no more, in whatever order it is read. */
#define CONTENT_WITHDRAWN UINT64_C(0x77697468647261)

/* The lowest bit of the content of all others: 0, it is only the beginning of
 * its article, as feeds give it. */
#define CONTENT_WHOLE UINT64_C(1)

/* One reading of an article: what decides which one wins. */
struct reading {
    uint64_t key_low, key_high;     /* hash of its key */
    uint64_t content;               /* hash of its content */
    uint64_t version;
    int64_t date;                   /* modified, else published, or
                                     * DATE_UNDATED */
};

/* The one that lives under a key, if any; whether a dead one has the content
 * of the reading; and the last time it was withdrawn, if it was. */
struct rival {
    struct reading reading, mark;
    bool lives;
    bool died_before;
    bool withdrawn;
};

enum verdict { VERDICT_ADD, VERDICT_UPDATE, VERDICT_UNCHANGED, VERDICT_OLDER };

/* Equal content is unchanged.  Else the whole wins over a beginning of it, of
 * whatever date.  Else the version decides; where it is the
 * same, the date, if both have one; where that is the same, what is read last
 * wins, unless it has the content of one that was superseded.  What was
 * withdrawn is older unless it is newer than that; a withdrawal of an unknown
 * version is of the version that lives. */
enum verdict reading_judge(const struct reading *r, const struct rival *rival);

/* Adds a dead one of the reading's key to what is known of it. */
void rival_bury(struct rival *rival, const struct reading *dead,
                const struct reading *r);

/* The documents of one build, by number from 0. */
struct identity {
    struct known *docs;
    uint32_t count, room;
    uint32_t *slots;            /* number + 1 of a key's newest document */
    uint32_t slot_count;
};

#define IDENTITY_INIT { NULL, 0, 0, NULL, 0 }

/* Adds to `rival` what this build knows of the reading's key; `doc`: the
 * living one's number, when the build has it. */
void identity_rival(const struct identity *id, const struct reading *r,
                    struct rival *rival, uint32_t *doc);

/* The next document, which lives. */
void identity_add(struct identity *id, const struct reading *r);
void identity_kill(struct identity *id, uint32_t doc);
bool identity_lives(const struct identity *id, uint32_t doc);

/* Bytes that it holds, and may hold while it grows. */
size_t identity_bytes(const struct identity *id);

void identity_release(struct identity *id);

#endif
