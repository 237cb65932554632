/* inverter.c -- articles' tokens to sorted runs on disk.
 *
 * Positions are dense, so a token needs no more than the number of its stem:
 * which document and position it is follows from where it stands.
 *
 *   tokens   gas pipe line | the gas price ...   one u32 stem number each
 *   parts    ^ doc 0         ^ doc 1             where each document begins
 *
 * A token's bytes are looked up in `forms`, which keeps the stem of every
 * distinct form (bytes, kind, language); the analyzer runs only for new
 * ones.  `rare` does the same for long ones.  Metadata are tokens too, behind
 * the document's words; their keys stand among the stems.  When tokens and
 * dictionaries have filled their share of memory, a counting sort by stem
 * gives for each stem its tokens in ascending order, and the run is written:
 * 8 bytes a token in all.
 */
#include "indexer/invert/inverter.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/text/meta.h"
#include "indexer/invert/dictionary.h"
#include "indexer/invert/forms.h"
#include "indexer/invert/run.h"

enum {
    TOKEN_BYTES = 8,            /* kept and sorted */
    STEM_BYTES = 28,            /* while a run is written: sorting, ranks */
    WORD_BYTES = 24,
    LEAST_MEMORY = 1 << 20,
    LEAST_TOKENS = 4096,
    PARTS_STEP = 256,           /* tokens between two marks of flush */
    KIND_BITS = 3,
    KIND_META = 7,              /* beside enum token_kind */
    LANGS_MAX = 1 << (16 - KIND_BITS),
    FORM_MAX = DICTIONARY_KEY_MAX,
};

/* A document, or what of it is in this run. */
struct part {
    uint32_t doc, first;        /* first: its first token in `tokens` */
    uint32_t position;          /* of that token */
    uint32_t title_len;
};

/* One stem of a word; the entry of the word has the first one. */
struct word_stem {
    uint32_t stem, next;        /* next: index + 1, or 0 */
};

struct inverter {
    char *prefix;               /* of the runs' paths */
    uint32_t run_count;
    struct error failure;
    struct analyzer *analyzer;
    size_t memory;
    uint32_t *tokens;           /* room for capacity */
    size_t count, limit, capacity;
    struct buffer parts;        /* struct part each */
    struct forms forms;         /* value: stem's number + 1; 0: no word */
    struct dictionary rare;     /* the same, of long forms and metadata */
    struct dictionary stems;    /* value: its number */
    struct dictionary words;    /* value: index + 1 in word_stems */
    struct buffer word_stems;   /* struct word_stem each */
    struct buffer scratch;
    /* The document that is being read. */
    struct lang lang;
    uint32_t lang_ordinal, doc, position, title_len;
    bool reading;
    /* The forms of tokens that come next. */
    struct form_key keys[INVERTER_AHEAD];
    uint32_t next_key;
};

/* --- Memory --- */

static size_t dictionaries_cost(const struct inverter *inv)
{
    return forms_bytes(&inv->forms) + inv->rare.bytes + inv->stems.bytes +
        inv->words.bytes +
        dictionary_growth(&inv->rare) + dictionary_growth(&inv->stems) +
        dictionary_growth(&inv->words) +
        (size_t)inv->stems.count * STEM_BYTES +
        (size_t)inv->words.count * WORD_BYTES +
        inv->parts.room + inv->word_stems.room;
}

/* How many tokens there is memory for beside what the rest takes now. */
static void update_limit(struct inverter *inv)
{
    size_t cost = dictionaries_cost(inv);

    inv->limit = inv->memory > cost ? (inv->memory - cost) / TOKEN_BYTES : 0;
    if (inv->limit < LEAST_TOKENS)
        inv->limit = LEAST_TOKENS;
    if (inv->limit > inv->capacity)
        inv->limit = inv->capacity;
}

static void forget_run(struct inverter *inv)
{
    free(inv->tokens);
    inv->tokens = NULL;
    inv->count = 0;
    buffer_release(&inv->parts);
    buffer_release(&inv->word_stems);
    forms_release(&inv->forms);
    dictionary_release(&inv->rare);
    dictionary_release(&inv->stems);
    dictionary_release(&inv->words);
}

/* The pages of `tokens` are taken from the system as they are touched. */
static void start_run(struct inverter *inv)
{
    inv->capacity = inv->memory / TOKEN_BYTES;
    if (inv->capacity > UINT32_MAX - 1)
        inv->capacity = UINT32_MAX - 1;
    inv->tokens = must_alloc(inv->capacity * sizeof(*inv->tokens));
    update_limit(inv);
}

static void begin_part(struct inverter *inv)
{
    struct part part = { inv->doc, (uint32_t)inv->count, inv->position,
                         inv->title_len };

    buffer_put(&inv->parts, &part, sizeof(part));
}

static struct part *last_part(struct inverter *inv)
{
    return (struct part *)(void *)(inv->parts.data + inv->parts.len) - 1;
}

/* --- Writing a run --- */

/* What one run is sorted with. */
struct sorting {
    struct entry **order;       /* stems by key */
    uint32_t *rank;             /* of a stem's number: its place there */
    uint32_t *ends;             /* of a stem's number: end of its tokens */
    uint32_t *sorted;           /* tokens' places, by stem */
    uint32_t *marks;            /* part of every PARTS_STEP-th token */
    struct buffer positions;
};

static const struct part *part_at(const struct inverter *inv, uint32_t n)
{
    return (const struct part *)(const void *)inv->parts.data + n;
}

static uint32_t part_count(const struct inverter *inv)
{
    return (uint32_t)(inv->parts.len / sizeof(struct part));
}

static void sort_stems(const struct inverter *inv, struct sorting *s)
{
    uint32_t count = inv->stems.count;

    s->order = must_alloc((count + 1) * sizeof(*s->order));
    s->rank = must_alloc((count + 1) * sizeof(*s->rank));
    dictionary_sorted(&inv->stems, s->order);
    for (uint32_t i = 0; i < count; i++)
        s->rank[s->order[i]->value] = i;
}

static void sort_tokens(const struct inverter *inv, struct sorting *s)
{
    uint32_t stems = inv->stems.count;
    uint32_t *ends = must_calloc((size_t)stems + 1, sizeof(*ends));

    s->sorted = must_alloc((inv->count + 1) * sizeof(*s->sorted));
    for (size_t i = 0; i < inv->count; i++)
        ends[inv->tokens[i] + 1]++;
    for (uint32_t i = 0; i < stems; i++)
        ends[i + 1] += ends[i];
    /* Now ends[n] is where stem n begins; filling moves it to its end. */
    for (size_t i = 0; i < inv->count; i++)
        s->sorted[ends[inv->tokens[i]]++] = (uint32_t)i;
    s->ends = ends;
}

static void mark_parts(const struct inverter *inv, struct sorting *s)
{
    size_t count = inv->count / PARTS_STEP + 1;
    uint32_t part = 0, parts = part_count(inv);

    s->marks = must_alloc(count * sizeof(*s->marks));
    for (size_t i = 0; i < count; i++) {
        while (part + 1 < parts &&
               part_at(inv, part + 1)->first <= i * PARTS_STEP)
            part++;
        s->marks[i] = part;
    }
}

/* The part that holds a token, at or behind the part `n`. */
static uint32_t part_of(const struct inverter *inv, const struct sorting *s,
                        uint32_t n, uint32_t token)
{
    uint32_t parts = part_count(inv);

    if (n < s->marks[token / PARTS_STEP])
        n = s->marks[token / PARTS_STEP];
    while (n + 1 < parts && part_at(inv, n + 1)->first <= token)
        n++;
    return n;
}

/* Writes one stem's tokens, which are those in [at, end). */
static void write_stem(const struct inverter *inv, struct sorting *s,
                       struct run_writer *run, const uint32_t *at,
                       const uint32_t *end)
{
    uint32_t n = 0;

    while (at < end) {
        const struct part *part;
        uint32_t next, count = 0, title = 0, *positions;

        n = part_of(inv, s, n, *at);
        part = part_at(inv, n);
        next = n + 1 < part_count(inv) ? part[1].first : UINT32_MAX;
        buffer_clear(&s->positions);
        while (at < end && *at < next) {
            uint32_t position = *at++ - part->first + part->position;

            buffer_put(&s->positions, &position, sizeof(position));
            title += position < part->title_len;
            count++;
        }
        positions = (uint32_t *)(void *)s->positions.data;
        run_put_doc(run, part->doc, positions, count, title);
    }
}

static void write_stems(const struct inverter *inv, struct sorting *s,
                        struct run_writer *run)
{
    for (uint32_t i = 0; i < inv->stems.count; i++) {
        uint32_t stem = s->order[i]->value;
        uint32_t start = stem ? s->ends[stem - 1] : 0;

        run_put_stem(run, entry_key(s->order[i]));
        write_stem(inv, s, run, s->sorted + start, s->sorted + s->ends[stem]);
        run_end_stem(run);
    }
    run_end_stems(run);
}

static int by_number(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

static void write_word(const struct inverter *inv, struct sorting *s,
                       struct run_writer *run, const struct entry *word)
{
    const struct word_stem *all = (const void *)inv->word_stems.data;
    uint32_t *ordinals, count = 0;

    buffer_clear(&s->positions);
    for (uint32_t at = word->value; at; at = all[at - 1].next) {
        uint32_t rank = s->rank[all[at - 1].stem];

        buffer_put(&s->positions, &rank, sizeof(rank));
        count++;
    }
    ordinals = (uint32_t *)(void *)s->positions.data;
    qsort(ordinals, count, sizeof(*ordinals), by_number);
    run_put_word(run, entry_key(word), ordinals, count);
}

static void write_words(const struct inverter *inv, struct sorting *s,
                        struct run_writer *run)
{
    uint32_t count = inv->words.count;
    struct entry **order = must_alloc((count + 1) * sizeof(*order));

    dictionary_sorted(&inv->words, order);
    for (uint32_t i = 0; i < count; i++)
        write_word(inv, s, run, order[i]);
    free(order);
}

static void sorting_release(struct sorting *s)
{
    free(s->order);
    free(s->rank);
    free(s->ends);
    free(s->sorted);
    free(s->marks);
    buffer_release(&s->positions);
}

static void write_run(struct inverter *inv)
{
    struct sorting s = { .positions = BUFFER_INIT };
    struct run_writer run;
    char *path;

    if (inv->count == 0 || inv->failure.code != OK)
        return;
    path = inverter_run_path(inv, inv->run_count++);
    run_create(&run, path);
    free(path);
    sort_stems(inv, &s);
    sort_tokens(inv, &s);
    mark_parts(inv, &s);
    write_stems(inv, &s, &run);
    free(s.sorted);
    s.sorted = NULL;
    write_words(inv, &s, &run);
    run_finish(&run, &inv->failure);
    sorting_release(&s);
}

/* Ends the run; a document that is being read goes on in the next one. */
static void flush(struct inverter *inv)
{
    write_run(inv);
    forget_run(inv);
    start_run(inv);
    if (inv->reading)
        begin_part(inv);
}

/* --- Gathering --- */

static uint32_t stem_number(struct inverter *inv, struct bytes key)
{
    bool fresh;
    struct entry *e = dictionary_entry(&inv->stems, key, 0, &fresh);

    if (fresh)
        e->value = inv->stems.count - 1;
    return e->value;
}

/* Remembers that the word became this stem. */
static void pair(struct inverter *inv, struct bytes word, uint32_t stem)
{
    bool fresh;
    struct entry *e = dictionary_entry(&inv->words, word, 0, &fresh);
    const struct word_stem *all = (const void *)inv->word_stems.data;
    struct word_stem new = { stem, e->value };

    for (uint32_t at = e->value; at; at = all[at - 1].next) {
        if (all[at - 1].stem == stem)
            return;
    }
    buffer_put(&inv->word_stems, &new, sizeof(new));
    e->value = (uint32_t)(inv->word_stems.len / sizeof(new));
}

/* The stem's number + 1 of a token, or 0 when nothing is left of it. */
static uint32_t analyze(struct inverter *inv, struct bytes text,
                        const struct token *token)
{
    struct analyzed form = analyzer_apply(inv->analyzer, text, token,
                                          inv->lang);
    uint32_t stem;

    if (!form.stem.len || form.stem.len > DICTIONARY_KEY_MAX ||
        !form.word.len || form.word.len > DICTIONARY_KEY_MAX)
        return 0;
    stem = stem_number(inv, form.stem);
    pair(inv, form.word, stem);
    return stem + 1;
}

static void push(struct inverter *inv, uint32_t stem)
{
    inv->tokens[inv->count++] = stem;
}

static uint16_t token_tag(const struct inverter *inv,
                          const struct token *token)
{
    return (uint16_t)(inv->lang_ordinal << KIND_BITS | token->kind);
}

static bool is_rare(const struct inverter *inv, const struct token *token)
{
    return token->end - token->start > FORM_LEN ||
           inv->lang_ordinal >= LANGS_MAX;
}

/* The stem's number + 1 of a token that has no place in `forms`. */
static uint32_t rare_stem(struct inverter *inv, struct bytes text,
                          const struct token *token)
{
    struct bytes form = bytes_part(text, token->start,
                                   token->end - token->start);
    struct entry *e;
    bool fresh;

    if (form.len > FORM_MAX || inv->lang_ordinal >= LANGS_MAX)
        return analyze(inv, text, token);
    e = dictionary_entry(&inv->rare, form, token_tag(inv, token), &fresh);
    if (fresh) {
        e->value = analyze(inv, text, token);
        update_limit(inv);
    }
    return e->value;
}

/* The stem's number + 1 of a token: from its form, which is made when need
 * be. */
static uint32_t token_stem(struct inverter *inv, struct bytes text,
                           const struct token *token,
                           const struct form_key *key)
{
    struct form *form;
    bool fresh;

    if (is_rare(inv, token))
        return rare_stem(inv, text, token);
    form = forms_get(&inv->forms, key, &fresh);
    if (fresh) {
        form->value = analyze(inv, text, token);
        update_limit(inv);
    }
    return form->value;
}

static uint32_t new_meta(struct inverter *inv, char field, struct bytes value)
{
    buffer_clear(&inv->scratch);
    meta_key(&inv->scratch, field, value);
    if (!inv->scratch.len)
        return 0;
    return stem_number(inv, buffer_bytes(&inv->scratch)) + 1;
}

static uint32_t meta_stem(struct inverter *inv, char field,
                          struct bytes value)
{
    uint32_t tag = (uint32_t)(uint8_t)field << KIND_BITS | KIND_META;
    struct entry *e;
    bool fresh;

    if (value.len > FORM_MAX)
        return new_meta(inv, field, value);
    e = dictionary_entry(&inv->rare, value, (uint16_t)tag, &fresh);
    if (fresh) {
        e->value = new_meta(inv, field, value);
        update_limit(inv);
    }
    return e->value;
}

struct inverter *inverter_new(const char *dir, uint64_t id, size_t memory)
{
    struct inverter *inv = must_calloc(1, sizeof(*inv));
    char name[32];

    snprintf(name, sizeof(name), "tmp-%016" PRIx64 "-", id);
    inv->prefix = path_join(dir, name);
    inv->analyzer = analyzer_new();
    inv->memory = memory > LEAST_MEMORY ? memory : LEAST_MEMORY;
    start_run(inv);
    return inv;
}

void inverter_free(struct inverter *inv)
{
    if (!inv)
        return;
    for (uint32_t i = 0; i < inv->run_count; i++) {
        char *path = inverter_run_path(inv, i);

        unlink(path);
        free(path);
    }
    forget_run(inv);
    buffer_release(&inv->scratch);
    analyzer_free(inv->analyzer);
    free(inv->prefix);
    free(inv);
}

void inverter_cap(struct inverter *inv, size_t memory)
{
    inv->memory = memory > LEAST_MEMORY ? memory : LEAST_MEMORY;
    update_limit(inv);
}

void inverter_begin(struct inverter *inv, uint32_t doc, struct lang lang,
                    uint32_t lang_ordinal)
{
    inv->doc = doc;
    inv->lang = lang;
    inv->lang_ordinal = lang_ordinal;
    inv->position = 0;
    inv->title_len = UINT32_MAX;
    inv->reading = true;
    begin_part(inv);
}

void inverter_expect(struct inverter *inv, struct bytes text,
                     const struct token *tokens, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (is_rare(inv, &tokens[i]))
            continue;
        inv->keys[i] = form_key_of(text, tokens[i].start, tokens[i].end,
                                   token_tag(inv, &tokens[i]));
        forms_expect(&inv->forms, &inv->keys[i]);
    }
    inv->next_key = 0;
}

bool inverter_token(struct inverter *inv, struct bytes text,
                    const struct token *token)
{
    uint32_t stem;

    if (inv->count >= inv->limit)
        flush(inv);
    stem = token_stem(inv, text, token, &inv->keys[inv->next_key++]);
    if (stem == 0)
        return false;
    push(inv, stem - 1);
    inv->position++;
    return true;
}

void inverter_end_title(struct inverter *inv)
{
    inv->title_len = inv->position;
    last_part(inv)->title_len = inv->position;
}

void inverter_meta(struct inverter *inv, char field, struct bytes value)
{
    uint32_t stem;

    if (inv->count >= inv->limit)
        flush(inv);
    stem = meta_stem(inv, field, value);
    if (stem)
        push(inv, stem - 1);
}

enum status inverter_end(struct inverter *inv, struct error *err)
{
    inv->reading = false;
    if (inv->failure.code != OK)
        return error_set(err, inv->failure.code, "%s", inv->failure.message);
    return OK;
}

enum status inverter_finish(struct inverter *inv, struct error *err)
{
    write_run(inv);
    forget_run(inv);
    return inverter_end(inv, err);
}

uint32_t inverter_run_count(const struct inverter *inv)
{
    return inv->run_count;
}

char *inverter_run_path(const struct inverter *inv, uint32_t number)
{
    size_t room = strlen(inv->prefix) + 32;
    char *path = must_alloc(room);

    snprintf(path, room, "%s%" PRIu32 ".run", inv->prefix, number);
    return path;
}
