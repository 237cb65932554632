/* news.c -- articles at random.
 *
 * A vocabulary is a line of words of one language, the commonest first, with
 * several forms of one stem, forms that differ by accents or case only, and
 * forms that other languages have too.  A corpus draws from the first words
 * of a few vocabularies by Zipf's law, so that some words are in nearly every
 * article, several times, and many articles are alike: there are ties.
 */
#include "tests/naive/news.h"

struct vocabulary {
    const char *lang;           /* "": the article does not say */
    const char *glue;           /* between words: CJK has none */
    const char *words;
};

static const struct vocabulary vocabularies[] = {
    { "en", " ",
      "the of gas reports report election Europe reported minister talks "
      "oil elections nations U.S. information die reporting nation said "
      "COVID-19 rate rates running runs ran 2023 1,200 Lavrov O'Brien "
      "Putin's resume résumé AT&T C++ a.b@c.org national nationale" },
    { "de", " ",
      "die der und Gas Wahl Wahlen Bericht Berichte Information "
      "Informationen Minister Ministers Straße strasse Europa Öl Nation "
      "nationale Lavrov Häuser Haus sind 2023 über uber" },
    { "fr", " ",
      "la le de l'Europe élection élections gaz nation nationale nations "
      "rapport rapports information d'information ministre ministres "
      "résumé 2023 Lavrov" },
    { "es", " ",
      "la el de gas elección elecciones nacional nación ministro "
      "ministros información año años ano Europa Lavrov 2023" },
    { "ru", " ",
      "и в газ газа выборы выборов Лавров Лаврова ёлка елка 2023 OPEC" },
    { "tr", " ",
      "ve İstanbul Istanbul ırıs irisler gaz seçim seçimler seçimleri "
      "Avrupa Lavrov 2023" },
    { "el", " ",
      "και εκλογές εκλογών Αθήνα αθηνα 2023" },
    { "ar", " ",
      "في الغاز غاز وزير الوزير وزِير 2023" },
    { "zh", "",
      "新 闻 中 国 京 天 国家 新闻 2023 gas" },
    { "ja", "",
      "日 本 の は ニュ 京 新 OPEC" },
    { "ko", " ",
      "뉴스 한국 선거 2023 gas" },
    { "th", "",
      "ข ่า ว ไท ย" },
    { "hi", " ",
      "समाचार चुनाव की कि 2023" },
    { "", " ",
      "the gas Lavrov report reports газ 新闻 nationale running € \xcc\x81 x" },
};

enum { VOCABULARIES = sizeof(vocabularies) / sizeof(*vocabularies) };

static const char *const sources[] = {
    "Reuters", "reuters", "Agence  France-Presse", "Les Échos",
    "ТАСС", "The Daily",
};

static const char *const people[] = {
    "Olzhas Auyezov", "Ana María Núñez", "J. Smith",
    "j. smith",
};

#define LENGTH(list) (uint32_t)(sizeof(list) / sizeof(*(list)))
#define PICK(c, list) ((list)[chance_below((c), LENGTH(list))])

void news_plan_make(struct news_plan *plan, struct chance *c)
{
    memset(plan, 0, sizeof(*plan));
    plan->lang_count = chance_from(c, 1, 6);
    for (uint32_t i = 0; i < plan->lang_count; i++)
        plan->langs[i] = (uint8_t)chance_below(c, VOCABULARIES);
    if (chance_of(c, 60))
        plan->langs[0] = 0;
    plan->words = chance_from(c, 2, 40);
    plan->sentences = chance_from(c, 1, 3);
    plan->paragraphs = chance_from(c, 1, 3);
    plan->dated = chance_of(c, 80);
}

static struct bytes nth_word(const char *words, uint32_t nth)
{
    size_t len = strcspn(words, " ");

    while (nth > 0 && words[len]) {
        words += len + 1;
        len = strcspn(words, " ");
        nth--;
    }
    return bytes_of(words, len);
}

static uint32_t word_count(const char *words)
{
    uint32_t count = 1;

    for (; *words; words++)
        count += *words == ' ';
    return count;
}

static struct bytes any_word(const struct vocabulary *v, uint32_t most,
                             struct chance *c)
{
    uint32_t count = word_count(v->words);

    return nth_word(v->words, chance_zipf(c, count < most ? count : most));
}

static void put_sentence(struct buffer *b, const struct vocabulary *v,
                         const struct news_plan *plan, uint32_t words,
                         struct chance *c)
{
    for (uint32_t i = 0; i < words; i++) {
        buffer_put_str(b, i == 0 ? "" : chance_of(c, 5) ? ", " : v->glue);
        buffer_put_bytes(b, any_word(v, plan->words, c));
    }
}

static void put_body(struct buffer *b, const struct vocabulary *v,
                     const struct news_plan *plan, struct chance *c)
{
    uint32_t paragraphs = chance_from(c, 0, plan->paragraphs);

    for (uint32_t p = 0; p < paragraphs; p++) {
        uint32_t sentences = chance_from(c, 1, plan->sentences);

        if (p > 0)
            buffer_put_str(b, chance_of(c, 90) ? "\n\n" : "\n");
        for (uint32_t s = 0; s < sentences; s++) {
            put_sentence(b, v, plan, chance_from(c, 1, 9), c);
            buffer_put_str(b, v->glue[0] ? ". " : "。");
        }
    }
    if (chance_of(c, 2))
        for (uint32_t i = 0; i < 60; i++) {
            buffer_put_str(b, " ");
            put_sentence(b, v, plan, 5, c);
        }
}

static struct bytes taken(struct buffer *b, struct arena *arena)
{
    struct bytes copy = arena_copy(arena, buffer_bytes(b));

    buffer_clear(b);
    return copy;
}

static struct bytes_list some(const char *const *list, uint32_t count,
                              uint32_t most, struct chance *c,
                              struct arena *arena)
{
    struct bytes_list out = { NULL, chance_from(c, 0, most) };

    out.items = arena_calloc(arena, out.count + 1, sizeof(*out.items));
    for (size_t i = 0; i < out.count; i++)
        out.items[i] = bytes_str(list[chance_below(c, count)]);
    return out;
}

static void put_numbers(struct article *a, const struct news_plan *plan,
                        struct chance *c, struct arena *arena)
{
    static const char *const sections[] = { "World", "world", "Business", "" };
    static const char *const tags[] = { "gas", "Gas", "élection" };

    if (chance_of(c, 70))
        a->source = bytes_str(PICK(c, sources));
    a->section = bytes_str(PICK(c, sections));
    a->authors = some(people, 4, 2, c, arena);
    a->tags = some(tags, 3, 2, c, arena);
    if (chance_of(c, plan->dated ? 90 : 10)) {
        a->published.seconds = date_of_civil(2022, 1, 1) +
            86400 * (int64_t)chance_below(c, 800) +
            (chance_of(c, 50) ? 3600 * (int64_t)chance_below(c, 24) : 0);
        a->published.precision = DATE_TIME;
        a->published_from = DATE_FROM_RECORD;
    }
}

void news_article(struct article *a, const struct news_plan *plan,
                  struct chance *c, struct arena *arena)
{
    const struct vocabulary *v =
        &vocabularies[plan->langs[chance_below(c, plan->lang_count)]];
    struct buffer b = BUFFER_INIT;

    article_init(a);
    a->lang = lang_parse(bytes_str(v->lang));
    if (chance_of(c, 95))
        put_sentence(&b, v, plan, chance_from(c, 1, 6), c);
    a->title = taken(&b, arena);
    if (chance_of(c, 40))
        put_sentence(&b, v, plan, chance_from(c, 1, 8), c);
    a->lead = taken(&b, arena);
    put_body(&b, v, plan, c);
    a->body = taken(&b, arena);
    put_numbers(a, plan, c, arena);
    buffer_release(&b);
}

/* --- Queries --- */

static void put_term(struct buffer *b, const struct news_plan *plan,
                     const struct article *sample, struct chance *c,
                     unsigned depth);

static void put_word(struct buffer *b, const struct news_plan *plan,
                     struct chance *c)
{
    static const char *const rare[] = {
        "xyzzy", "gases", "electing", "Berichten", "nationales", "ministres",
        "REPORT", "report's", "Lavrov-Gas", "...", "elecciónes",
        "新", "国家新闻",
        "газам", "19", "U.S",
    };
    const struct vocabulary *v =
        &vocabularies[chance_of(c, 90)
                          ? plan->langs[chance_below(c, plan->lang_count)]
                          : chance_below(c, VOCABULARIES)];

    if (chance_of(c, 8))
        buffer_put_str(b, PICK(c, rare));
    else
        buffer_put_bytes(b, any_word(v, chance_of(c, 90) ? plan->words : 99,
                                     c));
}

/* Where the next blank, or the end, is from `at` on. */
static size_t blank_from(struct bytes text, size_t at)
{
    while (at < text.len && text.data[at] != ' ' && text.data[at] != '\n')
        at++;
    return at;
}

/* A few words in a row, quotation marks taken out, of a part of `sample`. */
static void put_sample(struct buffer *b, const struct article *sample,
                       struct chance *c)
{
    struct bytes text = chance_of(c, 40) ? sample->title
        : chance_of(c, 30) ? sample->lead : sample->body;
    size_t from = text.len ? chance_below(c, (uint32_t)text.len) : 0, to;
    unsigned words = chance_from(c, 2, 4);

    while (from > 0 && text.data[from - 1] != ' ')
        from--;
    to = from;
    while (words-- > 0 && to < text.len && to - from < 60)
        to = blank_from(text, to + 1);
    for (; from < to; from++)
        buffer_put_u8(b, text.data[from] == '"' ? ' ' : text.data[from]);
}

static void put_phrase(struct buffer *b, const struct news_plan *plan,
                       const struct article *sample, struct chance *c)
{
    uint32_t words = chance_from(c, 1, 3);

    buffer_put_str(b, "\"");
    if (chance_of(c, 70))
        put_sample(b, sample, c);
    else
        for (uint32_t i = 0; i < words; i++) {
            buffer_put_str(b, i ? " " : "");
            put_word(b, plan, c);
        }
    buffer_put_str(b, "\"");
}

static void put_filter(struct buffer *b, struct chance *c)
{
    static const char *const dates[] = {
        "2022", "2022-11", "2023-02-03", "2022-06..2023-03", "..2022",
        "2023-05..", "1990",
    };
    static const char *const fields[] = {
        "section:World", "section:business", "tag:gas",
        "tag:élection", "lang:en", "lang:de", "lang:zh",
    };

    switch (chance_below(c, 5)) {
    case 0:
        buffer_printf(b, "source:\"%s\"", PICK(c, sources));
        break;
    case 1:
        buffer_printf(b, "by:\"%s\"", PICK(c, people));
        break;
    case 2:
        buffer_printf(b, "date:%s", PICK(c, dates));
        break;
    case 3:
        buffer_printf(b, "lang:%s",
                      vocabularies[chance_below(c, VOCABULARIES)].lang);
        break;
    default:
        buffer_put_str(b, PICK(c, fields));
    }
}

static void put_terms(struct buffer *b, const struct news_plan *plan,
                      const struct article *sample, struct chance *c,
                      unsigned depth)
{
    static const char *const joints[] = { " OR ", " AND ", " NOT ", " -",
                                          " MAYBE ", " +" };
    uint32_t count = 1 + chance_zipf(c, 6);
    bool operators = chance_of(c, 45);

    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_put_str(b, operators && chance_of(c, 45)
                               ? PICK(c, joints) : " ");
        else if (operators && chance_of(c, 6))
            buffer_put_str(b, chance_of(c, 50) ? "-" : "NOT ");
        put_term(b, plan, sample, c, depth);
    }
}

static void put_group(struct buffer *b, const struct news_plan *plan,
                      const struct article *sample, struct chance *c,
                      unsigned depth)
{
    buffer_put_str(b, chance_of(c, 15) ? "title:(" : "(");
    put_terms(b, plan, sample, c, depth + 1);
    buffer_put_str(b, ")");
}

static void put_term(struct buffer *b, const struct news_plan *plan,
                     const struct article *sample, struct chance *c,
                     unsigned depth)
{
    uint32_t kind = chance_below(c, 100);

    if (kind < 9)
        put_filter(b, c);
    else if (kind < 18 && depth < 3)
        put_group(b, plan, sample, c, depth);
    else if (kind < 30)
        put_phrase(b, plan, sample, c);
    else {
        if (kind < 38)
            buffer_put_str(b, "title:");
        if (kind < 32)
            put_phrase(b, plan, sample, c);
        else
            put_word(b, plan, c);
    }
}

struct bytes news_query(const struct news_plan *plan,
                        const struct article *sample, struct chance *c,
                        struct arena *arena)
{
    struct buffer b = BUFFER_INIT;
    struct bytes text;

    /* Most of what people ask is a few words. */
    if (chance_of(c, 35)) {
        uint32_t words = chance_from(c, 1, 5);

        for (uint32_t i = 0; i < words; i++) {
            buffer_put_str(&b, i ? " " : "");
            put_word(&b, plan, c);
        }
    } else {
        put_terms(&b, plan, sample, c, 0);
    }
    text = taken(&b, arena);
    buffer_release(&b);
    return text;
}

struct bytes news_filters(struct chance *c, struct arena *arena)
{
    struct buffer b = BUFFER_INIT;
    struct bytes text;

    put_filter(&b, c);
    if (chance_of(c, 40)) {
        buffer_put_str(&b, chance_of(c, 50) ? " " : " OR ");
        put_filter(&b, c);
    }
    text = taken(&b, arena);
    buffer_release(&b);
    return text;
}
