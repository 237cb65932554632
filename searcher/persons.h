/* persons.h -- who is who among the speakers of an index: the names that
 * somebody may be asked for under, and which names of an answer are one
 * person.
 */
#ifndef LEDE_PERSONS_H
#define LEDE_PERSONS_H

#include "common/index/manifest.h"
#include "common/people.h"

/* A name that somebody has in the index. */
struct person_name {
    struct bytes name;
    struct bytes key;           /* person.h */
    struct bytes person;        /* whose it is, as a key: persons_settle */
    struct bytes known;         /* that person's name: by hand, else the one
                                   that is met most in the answer */
    size_t met;                 /* in the answer at hand */
};

/* People known by hand, with their keys. */
struct person_group {
    struct bytes *keys;
    size_t count;
    struct bytes name;          /* the first */
};

struct persons {
    struct snapshot *quotes;
    struct arena *arena;
    struct person_name ***names;        /* of each segment, by ordinal; NULL:
                                           not looked at yet */
    struct person_group *groups;
    size_t group_count;
    struct person_name **others;        /* of corrections */
    size_t other_count, other_room;
    struct person_name **speaking;
    size_t speaking_count, speaking_room;
};

/* All of it is in the arena. */
void persons_init(struct persons *p, struct snapshot *quotes,
                  const struct people *people, struct arena *arena);

/* The key of a name, in the arena. */
struct bytes persons_key(struct persons *p, struct bytes name);

/* The speaker with this ordinal in a segment; NULL where there is none. */
struct person_name *persons_name(struct persons *p, uint32_t segment,
                                 uint64_t ordinal);

/* A speaker that no segment names. */
struct person_name *persons_other(struct persons *p, struct bytes name);

/* Whether somebody with this key may have the name: the rules of person.h,
 * and those groups in which a name fits the key. */
bool persons_fit(const struct persons *p, struct bytes asked,
                 const struct person_name *name);

/* Notes that it speaks in the answer, once more. */
void persons_note(struct persons *p, struct person_name *name);

/* Tells of those that speak who is one person: the same key, or in one
 * group; a name that says less (Lavrov, S. Lavrov) is the one person here
 * that it may be, if there is only one. */
void persons_settle(struct persons *p);

#endif
