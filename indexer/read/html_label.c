/* html_label.c -- the short lines around an article that are not of it.
 *
 * A label is a whole line ("Share", "Comments (12)", "Advertisement:"), or
 * whole words at the start of a short line that does not end as a sentence
 * ("Sign up for our letter"), or stands before a mark ("Photo: A. Example").
 * A sentence is never one, whatever its first word.
 *
 *   "Shares fell."  no     "Share"  yes      "Comments (12)"  ends it all
 */
#include "common/text/unicode.h"
#include "indexer/read/html.h"
#include "indexer/read/text_lines.h"

enum { SHORT_MOST = 60, LINE_MOST = 150 };

enum label_kind {
    WHOLE = 1,          /* the line is the label, perhaps with a count */
    MARKED = 2,         /* "Label: anything"; not a sentence */
    OPENER = 4,         /* begins a short line */
    CREDIT = 8,         /* "Label: A. Example.", "Label 2024 Example." */
    CLOSER = 16,        /* as a whole line, it ends the article */
    CAPTION = 32,       /* "Label, Example", "Label The bridge in 1998." */
};

static const struct { const char *words; unsigned kinds; } labels[] = {
    { "read more", WHOLE | MARKED | OPENER },
    { "read also", WHOLE | MARKED | OPENER },
    { "also read", WHOLE | MARKED | OPENER },
    { "see also", WHOLE | MARKED },
    { "more on this", WHOLE | MARKED | OPENER },
    { "more on this story", WHOLE | MARKED },
    { "related", WHOLE | MARKED }, { "related topics", WHOLE | MARKED },
    { "related articles", WHOLE | MARKED | CLOSER },
    { "related stories", WHOLE | MARKED | CLOSER },
    { "related content", WHOLE | MARKED },
    { "related story", WHOLE | MARKED },
    { "related article", WHOLE | MARKED },
    { "advertisement", WHOLE | MARKED }, { "advertising", WHOLE },
    { "anzeige", WHOLE }, { "publicité", WHOLE }, { "publicidad", WHOLE },
    { "pubblicità", WHOLE }, { "реклама", WHOLE },
    { "share", WHOLE | MARKED }, { "share this", WHOLE | MARKED | OPENER },
    { "share on", OPENER }, { "share via", OPENER },
    { "follow us", WHOLE | MARKED | OPENER },
    { "sign up", WHOLE | MARKED | OPENER },
    { "subscribe", WHOLE | MARKED }, { "subscribe to", OPENER },
    { "subscribe now", WHOLE | MARKED | OPENER },
    { "newsletter", WHOLE }, { "newsletters", WHOLE },
    { "lesen sie auch", WHOLE | MARKED | CLOSER },
    { "mehr zum thema", WHOLE | MARKED | CLOSER },
    { "lire aussi", WHOLE | MARKED }, { "à lire aussi", WHOLE | MARKED },
    { "à lire également", WHOLE | MARKED },
    { "lea también", WHOLE | MARKED }, { "lee también", WHOLE | MARKED },
    { "leia também", WHOLE | MARKED }, { "leia mais", WHOLE | MARKED },
    { "leggi anche", WHOLE | MARKED }, { "lees ook", WHOLE | MARKED },
    { "читайте также", WHOLE | MARKED }, { "читать также", WHOLE | MARKED },
    { "相关阅读", WHOLE | MARKED }, { "click here", WHOLE | OPENER },
    { "you may also like", WHOLE | MARKED | CLOSER },
    { "you may like", WHOLE | MARKED | CLOSER },
    { "you might also like", WHOLE | MARKED | CLOSER },
    { "trends 24h", WHOLE | CLOSER },
    { "recommended", WHOLE | MARKED },
    { "recommended for you", WHOLE | MARKED | CLOSER },
    { "read next", WHOLE | MARKED | CLOSER },
    { "popular stories", WHOLE | MARKED | CLOSER },
    { "most popular", WHOLE | MARKED | CLOSER },
    { "most read", WHOLE | MARKED | CLOSER },
    { "more from", OPENER | CLOSER },
    { "loading", WHOLE }, { "filed under", WHOLE | MARKED | OPENER },
    { "posted in", WHOLE | MARKED | OPENER }, { "tags", WHOLE | MARKED },
    { "topics", WHOLE | MARKED }, { "all rights reserved", WHOLE | OPENER },
    { "comments", WHOLE | CLOSER }, { "comment", WHOLE | CLOSER },
    { "leave a comment", WHOLE | OPENER | CLOSER },
    { "leave a reply", WHOLE | OPENER | CLOSER },
    { "commentaires", WHOLE | CLOSER }, { "comentarios", WHOLE | CLOSER },
    { "kommentare", WHOLE | CLOSER }, { "commenti", WHOLE | CLOSER },
    { "réactions", WHOLE | CLOSER }, { "комментарии", WHOLE | CLOSER },
    { "print", WHOLE }, { "email", WHOLE }, { "e-mail", WHOLE },
    { "print this", OPENER }, { "email this", OPENER },
    { "print article", WHOLE }, { "email address", WHOLE | MARKED },
    { "skip to", OPENER }, { "skip to content", WHOLE },
    { "watch", WHOLE | MARKED }, { "more", WHOLE | MARKED },
    { "photo", WHOLE | CREDIT }, { "photos", WHOLE | CREDIT },
    { "image", WHOLE | CREDIT }, { "foto", WHOLE | CREDIT },
    { "image copyright", WHOLE | CAPTION },
    { "image caption", WHOLE | CAPTION }, { "image source", WHOLE | CAPTION },
    { "media caption", WHOLE | CAPTION }, { "getty images", WHOLE | CREDIT },
    { "copyright", WHOLE | CREDIT }, { "©", WHOLE | OPENER | CAPTION },
};

/* Nothing but a count and marks: " (12)", ":", " ...", " 3 >". */
static bool is_count(struct bytes rest)
{
    for (size_t i = 0; i < rest.len; i++)
        if (rest.data[i] < 0x80 && !strchr(" ()[]0123456789:.,>|-+*",
                                           rest.data[i]))
            return false;
        else if (rest.data[i] >= 0xc3 && rest.data[i] != 0xe2)
            return false;   /* a letter: marks begin with C2 and E2 */
    return true;
}

/* Whether a mark stands between the label and what follows it. */
static bool is_parted(struct bytes rest)
{
    static const char *const marks[] = { ":", " :", " |", " - ", " – ", " — ",
                                         " >", "\xc2\xa0:", "：" };

    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        size_t len = strlen(marks[i]);

        if (rest.len >= len && memcmp(rest.data, marks[i], len) == 0)
            return true;
    }
    return false;
}

static bool is_credit(struct bytes rest, uint8_t after)
{
    return is_parted(rest) ||
           (rest.len && rest.data[0] == ' ' &&
            (after == '(' || (after >= '0' && after <= '9') ||
             after == 0xc2));
}

static bool is_caption(struct bytes rest, uint8_t after)
{
    return is_credit(rest, after) || (rest.len && rest.data[0] == ',') ||
           (rest.len && rest.data[0] == ' ' && after >= 'A' && after <= 'Z');
}

/* Whether the line begins with the label as one of `kinds` may. */
static bool fits(struct bytes text, struct bytes folded, size_t len,
                 unsigned kinds)
{
    struct bytes rest = bytes_part(folded, len, folded.len - len);
    uint8_t after = text.len > len + 1 ? text.data[len + 1] : 0;

    if (((kinds & WHOLE) && is_count(rest)) ||
        ((kinds & CREDIT) && is_credit(rest, after)) ||
        ((kinds & CAPTION) && is_caption(rest, after)))
        return true;
    if (text_ends_sentence(text))
        return false;
    return ((kinds & MARKED) && is_parted(rest)) ||
           ((kinds & OPENER) && text.len < SHORT_MOST &&
            rest.len && rest.data[0] == ' ');
}

/* The kinds of the labels that the text is, or 0. */
static unsigned label_of(struct bytes text)
{
    struct buffer lower = BUFFER_INIT;
    struct bytes folded;
    unsigned kinds = 0;

    if (text.len == 0 || text.len > LINE_MOST)
        return 0;
    unicode_lower(&lower, text, false);
    folded = buffer_bytes(&lower);
    for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
        size_t len = strlen(labels[i].words);

        if (folded.len >= len &&
            memcmp(folded.data, labels[i].words, len) == 0 &&
            fits(text, folded, len, labels[i].kinds))
            kinds |= labels[i].kinds;
    }
    buffer_release(&lower);
    return kinds;
}

bool html_is_label(struct bytes text)
{
    return label_of(text) != 0;
}

/* "12 comments" says it too. */
bool html_is_closer(struct bytes text)
{
    size_t count = 0;

    while (count < text.len && text.data[count] >= '0' &&
           text.data[count] <= '9')
        count++;
    if (count && count < text.len && text.data[count] == ' ')
        text = bytes_part(text, count + 1, text.len - count - 1);
    return text.len <= SHORT_MOST && (label_of(text) & CLOSER);
}

static bool has_digit(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

bool html_is_byline(struct bytes text, const struct html_facts *facts)
{
    struct date date = UNDATED;
    size_t named = 0;

    if (text.len > LINE_MOST || text.len == 0 || text_ends_sentence(text))
        return false;
    for (size_t i = 0; i < facts->authors.count; i++) {
        struct bytes name = facts->authors.items[i];

        if (name.len && memmem(text.data, text.len, name.data, name.len))
            named += name.len;
    }
    if (named)
        return has_digit(text) || named * 2 > text.len;
    return text.len < SHORT_MOST && has_digit(text) &&
           date_parse(&date, text, 0) && date.precision >= DATE_DAY;
}
