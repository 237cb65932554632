/* json_article.h -- a JSON object to an article. */
#ifndef LEDE_READ_JSON_ARTICLE_H
#define LEDE_READ_JSON_ARTICLE_H

#include "common/base/error.h"
#include "indexer/read/json_value.h"
#include "indexer/read/source.h"

/* Fills the fields that the object has, by `map` (which may be NULL) and by
 * the names that people give them.  ERR_INPUT, without a place, where it has
 * neither title nor body. */
enum status json_article(struct article *a, struct json_object *object,
                         const struct source_map *map, struct arena *arena,
                         struct error *err);

/* (ninjs.c)  Whether it is an item of ninjs 1 to 3, and the item's article:
 * as wire.h has it. */
bool ninjs_is(struct json_object *object);
enum status ninjs_article(struct article *a, struct json_object *item,
                          struct arena *arena, struct error *err);

/* (json_feed.c)  The list of records inside an object that is none itself, as
 * JSON Feed and the answers of APIs have it; or NULL. */
struct json_object *json_records(struct json_object *object);

/* The record in what services put around one; else the object itself. */
struct json_object *json_unwrapped(struct json_object *object);

/* Whether an object is a JSON Feed; and an item of it to its article. */
bool json_feed_is(struct json_object *object);
enum status json_feed_article(struct article *a, struct json_object *feed,
                              struct json_object *item, struct arena *arena,
                              struct error *err);

#endif
