/* json.h -- JSON (RFC 8259) written piece by piece, on one line.
 *
 * A value or a member puts the comma before itself that it needs, so the
 * order of the calls is the order of what stands there:
 *
 *   json_open(b, '{');             {
 *   json_count(b, "v", 1);         {"v":1
 *   json_known(b, "id", id);       {"v":1,"id":"a1"
 *   json_close(b, '}');            {"v":1,"id":"a1"}
 */
#ifndef LEDE_TEXT_JSON_H
#define LEDE_TEXT_JSON_H

#include "common/base/buffer.h"

/* '{' or '[', as a value; and '}' or ']'. */
void json_open(struct buffer *b, char bracket);
void json_close(struct buffer *b, char bracket);

/* The text as a value, escaped by escape_json. */
void json_string(struct buffer *b, struct bytes text);

/* The name of a member; its value comes next. */
void json_name(struct buffer *b, const char *name);

/* Members.  `known`: an empty text is null; `real`: with the digits that
 * bring the float back, null when it is not finite. */
void json_text(struct buffer *b, const char *name, struct bytes text);
void json_known(struct buffer *b, const char *name, struct bytes text);
void json_count(struct buffer *b, const char *name, uint64_t number);
void json_real(struct buffer *b, const char *name, float number);
void json_bool(struct buffer *b, const char *name, bool value);
void json_list(struct buffer *b, const char *name, const struct bytes *items,
               size_t count);

#endif
