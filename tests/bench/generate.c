/* generate.c -- news without end for the bench: articles that resemble those
 * of a corpus, as many as wanted, the same ones for the same seed.
 *
 *   generate FILE.jsonl COUNT [SEED]      articles as JSON Lines
 *
 * Each article continues one article of the corpus, in their order, over and
 * over.  It goes from word to word: mostly to what follows the word elsewhere
 * in its own source (each place once, so that a word is as frequent as
 * there), else to what follows it anywhere in the corpus, until a word comes
 * that the source has too:
 *
 *   source   oil fell as supply rose . supply of oil fell
 *   corpus                               ... oil of kuwait , supply ...
 *   made     supply of oil fell as supply of kuwait , supply rose .
 *
 * So the density of a word varies over documents and within them as in the
 * corpus.  New words come with growth: each round through the corpus spells
 * its rare words (names, mostly) in a way of its own or of an earlier round,
 * the rarer the more often; the vocabulary grows as a power of the text
 * (Heaps 1978).
 */
#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "tests/bench/peers/articles.h"

enum {
    FOREIGN = 13,               /* of 100 steps, those by the corpus's pairs */
    EXCURSION = 3,              /* words in a row that the source has not */
    RARE = 32,                  /* documents of a word that is respelled; */
    SHARE = 64,                 /* at most one of so many, and one */
    DAYS = 9131,                /* from 2000-01-01, over which dates go */
};

/* A core is a word without case and the punctuation around it. */
struct core {
    char *text;
    uint32_t start, count;      /* of its places in the corpus */
    uint32_t documents, last;
    uint32_t local, left;       /* places in the source, those not yet used */
    uint32_t stamp;             /* the article that `local` is of */
    uint32_t variant;           /* its spelling in this round */
};

struct source {
    uint32_t start, body, end;  /* places: title, body */
};

struct maker {
    struct core *cores;
    uint32_t *table, core_count, room;
    uint32_t *words;            /* a place's core */
    uint32_t *spelled;          /* where its spelling begins in `text` */
    uint32_t *places;           /* sorted by core */
    uint32_t place_count, place_room;
    char *text;
    size_t text_len, text_room;
    struct source *sources;
    uint32_t source_count, source_room;
    uint32_t *locals;           /* places of the source by core */
    uint32_t local_room, stamp, round;
    uint64_t random;
};

static void *grow(void *old, size_t items, size_t size)
{
    void *grown = realloc(old, items * size);

    if (!grown) {
        fputs("generate: out of memory\n", stderr);
        exit(5);
    }
    return grown;
}

/* --- Chance (splitmix64; Steele, Lea, Flood 2014) --- */

static uint64_t mixed(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static uint32_t below(struct maker *m, uint32_t n)
{
    m->random += 0x9e3779b97f4a7c15u;
    return (uint32_t)((mixed(m->random) >> 32) * n >> 32);
}

/* --- Reading the corpus --- */

static uint32_t *slot(struct maker *m, const char *core)
{
    uint64_t hash = 14695981039346656037u;
    uint32_t at;

    for (const char *c = core; *c; c++)
        hash = (hash ^ (uint8_t)*c) * 1099511628211u;
    at = (uint32_t)(hash >> 20) & (m->room - 1);
    while (m->table[at] && strcmp(m->cores[m->table[at] - 1].text, core))
        at = (at + 1) & (m->room - 1);
    return &m->table[at];
}

static void enlarge(struct maker *m)
{
    m->room = m->room ? m->room * 2 : 1u << 16;
    m->cores = grow(m->cores, m->room, sizeof(*m->cores));
    m->table = grow(m->table, m->room, sizeof(*m->table));
    memset(m->table, 0, m->room * sizeof(*m->table));
    for (uint32_t i = 0; i < m->core_count; i++)
        *slot(m, m->cores[i].text) = i + 1;
}

static uint32_t core_number(struct maker *m, const char *word, size_t len)
{
    char core[128];
    uint32_t *at;

    while (len > 1 && ispunct((unsigned char)word[len - 1]))
        len--;
    while (len > 1 && ispunct((unsigned char)*word))
        word++, len--;
    len = len < sizeof(core) ? len : sizeof(core) - 1;
    for (size_t i = 0; i < len; i++)
        core[i] = (char)tolower((unsigned char)word[i]);
    core[len] = '\0';
    if (m->core_count * 2 >= m->room)
        enlarge(m);
    at = slot(m, core);
    if (!*at) {
        m->cores[m->core_count] = (struct core){ .text = strdup(core) };
        *at = ++m->core_count;
    }
    return *at - 1;
}

static void put_char(struct maker *m, char c)
{
    if (m->text_len == m->text_room) {
        m->text_room = m->text_room ? m->text_room * 2 : 1u << 20;
        m->text = grow(m->text, m->text_room, 1);
    }
    m->text[m->text_len++] = c;
}

/* The spelling as it stands in JSON; a paragraph begins with two newlines. */
static void put_place(struct maker *m, const char *word, size_t len,
                      bool paragraph)
{
    struct core *core;

    if (m->place_count == m->place_room) {
        m->place_room = m->place_room ? m->place_room * 2 : 1u << 20;
        m->words = grow(m->words, m->place_room, sizeof(*m->words));
        m->spelled = grow(m->spelled, m->place_room, sizeof(*m->spelled));
    }
    m->words[m->place_count] = core_number(m, word, len);
    m->spelled[m->place_count] = (uint32_t)m->text_len;
    core = &m->cores[m->words[m->place_count++]];
    core->count++;
    core->documents += core->last != m->source_count + 1;
    core->last = m->source_count + 1;
    for (const char *c = paragraph ? "\\n\\n" : ""; *c; c++)
        put_char(m, *c);
    for (size_t i = 0; i < len; i++) {
        if (word[i] == '"' || word[i] == '\\')
            put_char(m, '\\');
        put_char(m, word[i]);
    }
    put_char(m, '\0');
}

static void put_text(struct maker *m, const char *text)
{
    while (*text) {
        unsigned lines = 0;
        size_t len = 0;

        for (; *text && (unsigned char)*text <= ' '; text++)
            lines += *text == '\n';
        while ((unsigned char)text[len] > ' ')
            len++;
        if (len)
            put_place(m, text, len, lines > 1);
        text += len;
    }
}

static void read_corpus(struct maker *m, struct articles *a)
{
    while (articles_next(a) && m->text_len < UINT32_MAX / 2) {
        struct source s = { .start = m->place_count };

        put_text(m, a->title);
        s.body = m->place_count;
        put_text(m, a->body);
        s.end = m->place_count;
        if (s.end - s.body < 20)
            continue;
        if (m->source_count == m->source_room) {
            m->source_room = m->source_room ? m->source_room * 2 : 1024;
            m->sources = grow(m->sources, m->source_room,
                              sizeof(*m->sources));
        }
        m->sources[m->source_count++] = s;
    }
}

static void sort_places(struct maker *m)
{
    uint32_t sum = 0;

    m->places = grow(NULL, m->place_count + 1, sizeof(*m->places));
    for (uint32_t i = 0; i < m->core_count; i++) {
        m->cores[i].start = sum;
        sum += m->cores[i].count;
        m->cores[i].count = 0;
    }
    for (uint32_t p = 0; p < m->place_count; p++) {
        struct core *core = &m->cores[m->words[p]];

        m->places[core->start + core->count++] = p;
    }
}

/* --- Spelling --- */

/* Which spelling of a rare word this round has: 0 is the corpus's. */
static uint32_t variant_of(const struct maker *m, uint32_t number)
{
    uint32_t documents = m->cores[number].documents;
    uint32_t rare = 1 + m->source_count / SHARE;
    double chance, kinds;

    if (m->round == 0 || documents == 0 || documents > RARE ||
        documents > rare)
        return 0;
    chance = (double)(mixed(number * 0x9e3779b97f4a7c15u + m->round) >> 11)
           * 0x1p-53;
    kinds = pow(m->round + 1, 0.8 / (1 + 0.5 * log2(documents)));
    return (uint32_t)(chance * kinds);
}

static void begin_round(struct maker *m, uint32_t round)
{
    m->round = round;
    for (uint32_t i = 0; i < m->core_count; i++)
        m->cores[i].variant = variant_of(m, i);
}

/* A syllable behind the first letter, or another number. */
static void put_variant(const char *spelled, uint32_t variant)
{
    static const char consonants[] = "bcdfghklmnprstvwz", vowels[] = "aeiou";
    bool done = false;

    for (const char *c = spelled; *c; c++) {
        bool escaped = *c == '\\';

        if (escaped)
            putchar_unlocked(*c++);
        if (!escaped && !done && isdigit((unsigned char)*c)) {
            printf("%u", variant);
            done = true;
        }
        putchar_unlocked(*c);
        if (escaped || done || !isalpha((unsigned char)*c))
            continue;
        for (uint32_t v = variant; v; v /= 85)
            if (strchr("aeiouAEIOU", *c))
                printf("%c%c", consonants[v % 85 / 5], vowels[v % 5]);
            else
                printf("%c%c", vowels[v % 5], consonants[v % 85 / 5]);
        done = true;
    }
}

static void put_word(struct maker *m, uint32_t place, bool first)
{
    const char *spelled = m->text + m->spelled[place];
    uint32_t variant = m->cores[m->words[place]].variant;

    if (!first)
        putchar_unlocked(' ');
    if (variant)
        put_variant(spelled, variant);
    else
        fputs_unlocked(spelled, stdout);
}

/* --- Walking --- */

/* The places of the source by core, each core's own in a row. */
static void sort_locals(struct maker *m, const struct source *s)
{
    uint32_t len = s->end - s->start, sum = 0;

    if (len > m->local_room)
        m->locals = grow(m->locals, m->local_room = len * 2,
                         sizeof(*m->locals));
    m->stamp++;
    for (uint32_t p = s->start; p < s->end; p++) {
        struct core *core = &m->cores[m->words[p]];

        if (core->stamp != m->stamp)
            core->left = 0;
        core->stamp = m->stamp;
        core->left++;
    }
    for (uint32_t p = s->start; p < s->end; p++) {
        struct core *core = &m->cores[m->words[p]];

        if (core->last != m->stamp) {
            core->local = sum;
            sum += core->left;
            core->left = 0;
            core->last = m->stamp;
        }
        m->locals[core->local + core->left++] = p;
    }
}

/* A place of the source from which it can go on. */
static uint32_t fresh_place(struct maker *m, const struct source *s)
{
    uint32_t place = s->body;

    for (int tries = 0; tries < 8; tries++) {
        place = s->body + below(m, s->end - s->body);
        if (m->cores[m->words[place]].left)
            break;
    }
    return place;
}

static uint32_t own_step(struct maker *m, const struct source *s,
                         uint32_t place)
{
    struct core *core = &m->cores[m->words[place]];
    uint32_t *locals = m->locals + core->local, chosen, at;

    if (core->stamp != m->stamp || !core->left)
        return fresh_place(m, s);
    at = below(m, core->left--);
    chosen = locals[at];
    locals[at] = locals[core->left];
    locals[core->left] = chosen;
    return chosen + 1 < s->end ? chosen + 1 : fresh_place(m, s);
}

static uint32_t foreign_step(struct maker *m, uint32_t place)
{
    const struct core *core = &m->cores[m->words[place]];
    uint32_t next = m->places[core->start + below(m, core->count)] + 1;

    return next < m->place_count ? next : 0;
}

static void walk(struct maker *m, const struct source *s, uint32_t place,
                 uint32_t len)
{
    uint32_t away = 0;          /* words in a row that the source has not */

    for (uint32_t i = 0; i < len; i++) {
        put_word(m, place, i == 0);
        if (away > EXCURSION)
            place = fresh_place(m, s);
        else if (away || below(m, 100) < FOREIGN)
            place = foreign_step(m, place);
        else
            place = own_step(m, s, place);
        away = m->cores[m->words[place]].stamp == m->stamp ? 0 : away + 1;
    }
}

/* "2000-01-01" and later, by days. */
static void put_date(long day)
{
    time_t seconds = (time_t)(10957 + day) * 86400;
    char text[16];

    strftime(text, sizeof(text), "%Y-%m-%d", gmtime(&seconds));
    fputs(text, stdout);
}

static void put_article(struct maker *m, uint64_t n, uint64_t count)
{
    const struct source *s = &m->sources[n % m->source_count];
    uint32_t title = s->body - s->start, body = s->end - s->body;

    if (n % m->source_count == 0)
        begin_round(m, (uint32_t)(n / m->source_count));
    sort_locals(m, s);
    printf("{\"id\":\"g%llu\",\"date\":\"", (unsigned long long)n);
    put_date((long)(n * DAYS / count));
    fputs("\",\"title\":\"", stdout);
    walk(m, s, s->start, title);
    fputs("\",\"body\":\"", stdout);
    walk(m, s, s->body, body * 9 / 10 + below(m, body / 5 + 1));
    fputs("\"}\n", stdout);
}

int main(int argc, char **argv)
{
    struct maker m = { .cores = NULL };
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    struct articles a;

    if (count == 0 || !articles_open(&a, argv[1])) {
        fputs("usage: generate FILE.jsonl COUNT [SEED]\n", stderr);
        return 2;
    }
    m.random = mixed(argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
    enlarge(&m);
    read_corpus(&m, &a);
    articles_close(&a);
    if (!m.source_count) {
        fprintf(stderr, "generate: %s holds no articles\n", argv[1]);
        return 1;
    }
    sort_places(&m);
    for (uint32_t i = 0; i < m.core_count; i++)
        m.cores[i].last = 0;
    for (uint64_t n = 0; n < count; n++)
        put_article(&m, n, count);
    return fflush(stdout) != 0 ? 5 : 0;
}
