/* score_table.c -- why a hit scores what it scores.
 *
 *   score 3.5 = the sum of these; 120 words (the average is 98.5), ...
 *   score         tf        df  idf           boost  norm         part: stems
 *   2.25           3        12  4.39444923        1  1.29999995   gas: gas
 *   1.25           1       ...
 *
 * score = boost * idf * tf / (tf + norm), and their sum, in floats.
 */
#include "searcher/present/score_table.h"

#include "common/text/escape.h"

enum { STEMS_SHOWN = 12 };

static void put_blanks(struct buffer *b, unsigned count)
{
    while (count--)
        buffer_put_u8(b, ' ');
}

static void put_part(struct buffer *b, const struct explain_part *part)
{
    size_t count = part->stems.count;

    buffer_printf(b, "%-13.9g %6u", (double)part->score, part->tf);
    if (part->df)
        buffer_printf(b, " %9llu", (unsigned long long)part->df);
    else
        buffer_printf(b, " %9s", "-");
    buffer_printf(b, "  %-13.9g %5.9g  %-13.9g ", (double)part->idf,
                  (double)part->boost, (double)part->norm);
    escape_terminal(b, bytes_str(part->leaf));
    buffer_put_u8(b, ':');
    for (size_t i = 0; i < count && i < STEMS_SHOWN; i++) {
        buffer_put_u8(b, ' ');
        escape_terminal(b, part->stems.stems[i]);
    }
    if (!count)
        buffer_put_str(b, " no stem of this index");
    if (count > STEMS_SHOWN)
        buffer_printf(b, " and %zu more", count - STEMS_SHOWN);
    buffer_put_u8(b, '\n');
}

void score_table_put(struct buffer *b, const struct explanation *why,
                     unsigned indent)
{
    put_blanks(b, indent);
    buffer_printf(b, "score %.9g, the sum of these; %u words, on average "
                  "%.9g in %llu articles\n", (double)why->score, why->len,
                  (double)why->average, (unsigned long long)why->doc_count);
    put_blanks(b, indent);
    buffer_printf(b, "%-13s %6s %9s  %-13s %5s  %-13s %s\n", "score", "tf",
                  "df", "idf", "boost", "norm", "part: stems");
    for (size_t i = 0; i < why->count; i++) {
        put_blanks(b, indent);
        put_part(b, &why->parts[i]);
    }
}
