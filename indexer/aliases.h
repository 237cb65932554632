/* aliases.h -- what is said by hand of who is who (common/people.h), to be
 * read from an index, changed, and kept with it.
 */
#ifndef LEDE_ALIASES_H
#define LEDE_ALIASES_H

#include "common/index/manifest.h"
#include "common/people.h"

struct aliases {
    struct people people;
    struct arena arena;         /* where all of it is */
    bool changed;
};

#define ALIASES_INIT { { NULL, 0, NULL, 0 }, ARENA_INIT, false }

/* Reads those of the index; none where it has none.  ERR_CORRUPT, ERR_IO. */
enum status aliases_load(struct aliases *a, const char *dir,
                         const struct manifest *m, struct error *err);

/* Writes them for the commit of m->generation + 1 where they have changed,
 * and says so in `m`.  ERR_IO. */
enum status aliases_save(struct aliases *a, const char *dir,
                         struct manifest *m, struct error *err);

/* A name as it is kept, in the arena: without surrounding blanks, "Lavrov,
 * Sergei" as "Sergei Lavrov"; empty where nothing is left, or too much. */
struct bytes aliases_name(struct aliases *a, struct bytes written);

/* These names are one person, and so is whoever one of them was before.
 * They are borrowed from aliases_name. */
void aliases_join(struct aliases *a, const struct bytes *names, size_t count);

/* What somebody said is another's; replaces what was said of it before. */
void aliases_correct(struct aliases *a, const struct people_correction *c);

/* Takes a name out of its group; false: it is in none. */
bool aliases_part(struct aliases *a, struct bytes name);

/* Forgets the correction with this place in the list. */
void aliases_forget(struct aliases *a, size_t place);

void aliases_release(struct aliases *a);

#endif
