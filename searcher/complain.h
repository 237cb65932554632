/* complain.h -- a failure as lines on standard error.
 */
#ifndef LEDE_COMPLAIN_H
#define LEDE_COMPLAIN_H

#include "common/base/error.h"

/* Prints "lede-search: " and the message, whose lines may hold what
 * strangers wrote. */
void complain(const struct error *err);

#endif
