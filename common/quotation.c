/* quotation.c -- the names of kinds and places. */
#include "common/quotation.h"

const char *quotation_kind_name(enum quotation_kind kind)
{
    static const char *const names[] = { "direct", "mixed", "reported" };

    return kind <= QUOTE_REPORTED ? names[kind] : "reported";
}

const char *quotation_where_name(enum quotation_where where)
{
    static const char *const names[] = { "title", "lead", "body" };

    return where <= QUOTE_IN_BODY ? names[where] : "body";
}
