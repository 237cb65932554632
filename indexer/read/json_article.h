/* json_article.h -- a JSON object to an article, by the names that people
 * give to its fields. */
#ifndef LEDE_READ_JSON_ARTICLE_H
#define LEDE_READ_JSON_ARTICLE_H

#include <json-c/json.h>

#include "common/article.h"

/* Fills the fields that `object` has; everything is copied to the arena as
 * valid UTF-8.  ERR_INPUT, without a place, when it has neither title nor
 * body or is no object. */
enum status json_article(struct article *a, struct json_object *object,
                         struct arena *arena, struct error *err);

#endif
