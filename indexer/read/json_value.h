/* json_value.h -- values of JSON as text, lists, dates and addresses.
 *
 * Names are lists ended by NULL; the first name that has a value wins.  A
 * value of NULL is none, and gives nothing.
 */
#ifndef LEDE_READ_JSON_VALUE_H
#define LEDE_READ_JSON_VALUE_H

#include <json-c/json.h>

#include "common/article.h"

/* What an object has under one of the names; NULL for none, and for null,
 * "", [] and {}. */
struct json_object *value_field(struct json_object *object,
                                const char *const *names);

/* What stands at the end of a path, "a.b.0.c"; or NULL. */
struct json_object *value_at(struct json_object *object, const char *path);

/* The bytes of a string, or none. */
struct bytes value_bytes(struct json_object *value);

/* A string or number as it is, an object by its name or text, the items of a
 * list with `between` between them; valid UTF-8. */
struct bytes value_text(struct json_object *value, const char *between,
                        struct arena *arena);

/* The same as one squeezed line, the items with ", " between them. */
struct bytes value_line(struct json_object *value, struct arena *arena);

struct bytes_list value_list(struct json_object *value, struct arena *arena);
struct date value_date(struct json_object *value, struct arena *arena);

/* A whole number; 0 for anything else. */
uint64_t value_number(struct json_object *value, struct arena *arena);

/* A canonical address, or none. */
struct bytes value_address(struct json_object *value, struct arena *arena);

/* HTML as paragraphs; twice where tags were escaped twice. */
struct bytes value_prose(struct json_object *value, struct arena *arena);

#endif
