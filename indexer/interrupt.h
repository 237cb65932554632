/* interrupt.h -- SIGINT, SIGTERM, SIGHUP: the first asks to stop at a safe
 * point, the second ends the program at once, with status 130 and no commit.
 */
#ifndef LEDE_INTERRUPT_H
#define LEDE_INTERRUPT_H

#include <stdbool.h>

void interrupt_catch(void);

/* Whether somebody asked to stop. */
bool interrupt_seen(void);

#endif
