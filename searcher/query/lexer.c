/* lexer.c -- what people type, cut into items.
 *
 * A run is what stands between white space, quotes and parentheses.  It is
 * a word unless it is AND, OR, NOT or MAYBE, or begins with a sign or with the
 * name of a field; so "12:30", "C++", "http://x" and "a-b" are words.
 *
 *   -title:"gas pipe" OR x-y  ->  MINUS FIELD(title) PHRASE OR WORD
 */
#include "searcher/query/lexer.h"

#include <stdarg.h>
#include <stdio.h>
#include <strings.h>

#include "common/index/format.h"
#include "common/text/tokenizer.h"
#include "searcher/query/quote.h"
#include "common/text/unicode.h"

enum { SHOWN = 56 };            /* bytes of the query either side of a caret */

static const struct field FIELDS[] = {
    { "title", FIELD_TITLE, 0 },            { "date", FIELD_DATE, 0 },
    { "source", FIELD_META, META_SOURCE },  { "lang", FIELD_META, META_LANG },
    { "by", FIELD_META, META_AUTHOR },      { "tag", FIELD_META, META_TAG },
    { "section", FIELD_META, META_SECTION },
    { "lead", FIELD_LATER, 0 },     { "body", FIELD_LATER, 0 },
    { "url", FIELD_LATER, 0 },      { "id", FIELD_LATER, 0 },
    { "story", FIELD_LATER, 0 },    { "len", FIELD_LATER, 0 },
    { "copies", FIELD_LATER, 0 },   { "said", FIELD_SAID, 0 },
    { "speaker", FIELD_META, META_SPEAKER },
    { "kind", FIELD_META, META_KIND }, { "sure", FIELD_META, META_SURE },
};

/* --- Characters --------------------------------------------------------- */

static bool is_space(uint32_t code)
{
    return unicode_white(code) || code == 0xfeff;
}

/* How many bytes of white space stand at `at`, one character; 0: none. */
static uint32_t space_at(struct bytes text, uint32_t at)
{
    const uint8_t *from = text.data + at, *behind = from;

    return is_space(utf8_next(&behind, text.data + text.len))
        ? (uint32_t)(behind - from) : 0;
}

static bool is_bracket(struct bytes text, uint32_t at)
{
    return text.data[at] == '(' || text.data[at] == ')' || quote_at(text, at);
}

/* The end of the run that begins at `at`. */
static uint32_t run_end(struct bytes text, uint32_t at)
{
    while (at < text.len && !is_bracket(text, at) && !space_at(text, at))
        at++;
    return at;
}

static bool has_word(struct bytes text)
{
    struct tokenizer tokens;
    struct token token;

    tokenizer_init(&tokens, text);
    return tokenizer_next(&tokens, &token);
}

/* --- Mistakes ----------------------------------------------------------- */

static bool is_wide(uint32_t code)
{
    switch (unicode_script(code)) {
    case SCRIPT_HAN:
    case SCRIPT_KANA:
    case SCRIPT_HANGUL:
        return true;
    default:
        return false;
    }
}

static uint32_t to_character(struct bytes text, uint32_t at)
{
    while (at && at < text.len && (text.data[at] & 0xc0) == 0x80)
        at--;
    return at;
}

/* The query around byte `at`, and below it the caret. */
static void put_caret(struct buffer *b, struct bytes text, uint32_t at)
{
    uint32_t from = at > SHOWN ? to_character(text, at - SHOWN) : 0;
    uint32_t to = at + SHOWN < text.len
        ? to_character(text, at + SHOWN) : (uint32_t)text.len;
    const uint8_t *scan = text.data + from;
    unsigned columns = from ? 3 : 0;

    buffer_put_str(b, from ? "\n  ..." : "\n  ");
    while (scan < text.data + to) {
        bool before = scan < text.data + at;
        uint32_t code = utf8_next(&scan, text.data + text.len);

        code = code < ' ' || code == 0x7f ? ' ' : code;
        utf8_put(b, code);
        columns += before ? 1 + is_wide(code) : 0;
    }
    buffer_put_str(b, to < text.len ? "...\n  " : "\n  ");
    while (columns--)
        buffer_put_u8(b, ' ');
    buffer_put_u8(b, '^');
}

void lexer_fail(struct lexer *l, enum status code, uint32_t at,
                const char *format, ...)
{
    struct buffer context = BUFFER_INIT;
    char what[400];
    va_list args;

    if (l->status != OK)
        return;
    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    put_caret(&context, l->text, at);
    l->status = error_set(l->err, code, "%s%s", what, buffer_cstr(&context));
    l->item = (struct item){ .kind = ITEM_END, .start = at, .end = at };
    l->at = (uint32_t)l->text.len;
    buffer_release(&context);
}

/* --- Items -------------------------------------------------------------- */

static void set_item(struct lexer *l, enum item_kind kind, uint32_t start,
                     uint32_t end)
{
    l->item = (struct item){ .kind = kind, .start = start, .end = end,
        .text = bytes_part(l->text, start, end - start) };
    l->at = end;
}

static void take_phrase(struct lexer *l, uint32_t start)
{
    uint32_t inside = start + quote_at(l->text, start);
    uint32_t close = quote_close(l->text, start);

    if (close == l->text.len) {
        lexer_fail(l, ERR_INPUT, start, "this quote is not closed");
        return;
    }
    set_item(l, ITEM_PHRASE, start, close + quote_at(l->text, close));
    l->item.text = bytes_part(l->text, inside, close - inside);
}

/* "NEAR/5": what begins with `name` and goes on with digits to its end. */
static bool is_counted(struct bytes run, const char *name)
{
    size_t len = strlen(name);

    if (run.len <= len || memcmp(run.data, name, len) != 0)
        return false;
    while (len < run.len && run.data[len] >= '0' && run.data[len] <= '9')
        len++;
    return len == run.len;
}

static bool is_run(struct bytes run, const char *text)
{
    return bytes_equal(run, bytes_str(text));
}

/* Operators of the language that this version does not have. */
static bool is_later(struct bytes run, bool before_group)
{
    if (is_counted(run, "NEAR/") || is_counted(run, "PRE/")
        || is_run(run, "W/S") || is_run(run, "W/P"))
        return true;
    return before_group
        && (is_counted(run, "ATLEAST/") || is_counted(run, "FIRST/")
            || is_run(run, "LEAD") || is_run(run, "CAPS")
            || is_run(run, "ALLCAPS"));
}

/* The field whose name, in any case, and ':' the run begins with; NULL:
 * none. */
static const struct field *find_field(struct bytes run)
{
    for (size_t i = 0; i < sizeof(FIELDS) / sizeof(*FIELDS); i++) {
        size_t len = strlen(FIELDS[i].name);

        if (run.len > len && run.data[len] == ':'
            && strncasecmp((const char *)run.data, FIELDS[i].name, len) == 0)
            return &FIELDS[i];
    }
    return NULL;
}

/* Something that a field can ask for begins at `at`. */
static bool value_begins(struct bytes text, uint32_t at)
{
    return at < text.len && text.data[at] != ')' && !space_at(text, at);
}

/* "Title: gas" is from a headline, not of a slip: a name in another case is
 * a field only with a value right behind it. */
static const struct field *field_at(struct bytes text, struct bytes run,
                                    uint32_t start)
{
    const struct field *field = find_field(run);
    size_t len = field ? strlen(field->name) : 0;

    if (field && memcmp(run.data, field->name, len) != 0
        && !value_begins(text, start + (uint32_t)len + 1))
        return NULL;
    return field;
}

static void take_field(struct lexer *l, uint32_t start,
                       const struct field *field)
{
    uint32_t behind = start + (uint32_t)strlen(field->name) + 1;

    if (field->kind == FIELD_LATER) {
        lexer_fail(l, ERR_INPUT, start, "the field %s: is not supported yet; "
                   "put it between quotes to search for the word",
                   field->name);
    } else if (!value_begins(l->text, behind)) {
        lexer_fail(l, ERR_INPUT, behind - 1, "%s: wants a word, a \"phrase\" "
                   "or a (group) right behind it", field->name);
    } else {
        set_item(l, ITEM_FIELD, start, behind);
        l->item.field = field;
    }
}

static enum item_kind kind_of(struct bytes run)
{
    return is_run(run, "AND") ? ITEM_AND
        : is_run(run, "OR") ? ITEM_OR
        : is_run(run, "NOT") ? ITEM_NOT
        : is_run(run, "MAYBE") ? ITEM_MAYBE : ITEM_WORD;
}

static void take_run(struct lexer *l, uint32_t start)
{
    uint32_t end = run_end(l->text, start);
    struct bytes run = bytes_part(l->text, start, end - start);
    const struct field *field = field_at(l->text, run, start);
    bool before_group = end < l->text.len && l->text.data[end] == '(';

    if (field)
        take_field(l, start, field);
    else if (is_later(run, before_group))
        lexer_fail(l, ERR_INPUT, start, "%.*s is not supported yet",
                   (int)run.len, (const char *)run.data);
    else
        set_item(l, kind_of(run), start, end);
}

static bool begins_term(struct bytes text, uint32_t at)
{
    return at == 0 || text.data[at - 1] == '('
        || space_at(text, to_character(text, at - 1));
}

/* A "+" or "-" at `at` is an operator: at the start of a term, and a word, a
 * quote, a field or a "(" is right behind it. */
static bool is_sign(struct bytes text, uint32_t at)
{
    uint8_t sign = text.data[at];
    uint32_t behind = at + 1;

    if ((sign != '+' && sign != '-') || !begins_term(text, at)
        || behind == text.len)
        return false;
    if (quote_at(text, behind) || text.data[behind] == '(')
        return true;
    if (text.data[behind] == '+' || text.data[behind] == '-')
        return false;
    return has_word(bytes_part(text, behind, run_end(text, behind) - behind));
}

static uint32_t skip_space(struct bytes text, uint32_t at)
{
    uint32_t len;

    while (at < text.len && (len = space_at(text, at)))
        at += len;
    return at;
}

void lexer_next(struct lexer *l)
{
    uint32_t start = skip_space(l->text, l->at);
    uint8_t first = start < l->text.len ? l->text.data[start] : 0;

    if (start == l->text.len)
        set_item(l, ITEM_END, start, start);
    else if (first == '(')
        set_item(l, ITEM_OPEN, start, start + 1);
    else if (first == ')')
        set_item(l, ITEM_CLOSE, start, start + 1);
    else if (quote_at(l->text, start))
        take_phrase(l, start);
    else if (is_sign(l->text, start))
        set_item(l, first == '+' ? ITEM_PLUS : ITEM_MINUS, start, start + 1);
    else
        take_run(l, start);
}

void lexer_value(struct lexer *l)
{
    uint32_t start = l->at;

    if (l->text.data[start] == '(')
        set_item(l, ITEM_OPEN, start, start + 1);
    else if (quote_at(l->text, start))
        take_phrase(l, start);
    else
        set_item(l, ITEM_WORD, start, run_end(l->text, start));
}

void lexer_init(struct lexer *l, struct bytes text, struct error *err)
{
    *l = (struct lexer){ .text = text, .err = err };
    lexer_next(l);
}

bool lexer_reserved(struct bytes word)
{
    return word.len == 0 || run_end(word, 0) != word.len
        || word.data[0] == '+' || word.data[0] == '-'
        || kind_of(word) != ITEM_WORD || is_later(word, true)
        || find_field(word);
}
