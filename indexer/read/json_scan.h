/* json_scan.h -- where one JSON value ends, without parsing it. */
#ifndef LEDE_READ_JSON_SCAN_H
#define LEDE_READ_JSON_SCAN_H

#include "common/base/bytes.h"

/* A scan that can go on when there is more of the text. */
struct json_scan {
    size_t at;                  /* bytes looked at */
    size_t depth;               /* open brackets */
    bool string, escaped;
    bool scalar;                /* in a number or a word */
};

/* Goes on over a text that begins with the value; true: it ends behind
 * scan->at bytes.  False: more is needed. */
bool json_scan(struct json_scan *scan, struct bytes text);

#endif
