/* site_memory.h -- what the pages of a site have in common.
 *
 * No page tells its furniture from its article as surely as the next page of
 * the same site: what stands on both is of neither.
 */
#ifndef LEDE_READ_SITE_MEMORY_H
#define LEDE_READ_SITE_MEMORY_H

#include "common/base/bytes.h"

struct site_memory;

/* Of a fixed size, about 1 MB; what is seen least is forgotten first. */
struct site_memory *site_memory_new(void);
void site_memory_free(struct site_memory *m);       /* NULL is harmless */

/* Notes that a page of a site, both by a hash, shows a line; on how many
 * other pages of the site it was seen before, as far as is remembered. */
unsigned site_memory_note(struct site_memory *m, uint64_t site,
                          uint64_t page, struct bytes line);

#endif
