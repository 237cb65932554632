/* tokens.c -- articles to the words that every engine of the bench is fed.
 *
 *   tokens FILE.jsonl OUT
 *       -> OUT.txt, a document a line, its words with a blank between
 *          OUT.jsonl, the same for lede, each document its line's number
 *       prints documents TAB words TAB bytes of title and body
 *
 * Title and body, lower-cased and without accents, cut at everything that is
 * no letter and no digit.  A word that lede's tokenizer would not keep whole
 * where it stands between two blanks is left out for all, and so is one over
 * 64 bytes, and a document without words.
 */
#include "common/text/analyzer.h"
#include "tests/bench/peers/articles.h"

enum { WORD_MAX = 64 };

struct maker {
    struct analyzer *analyzer;
    struct lang lang;
    struct buffer repaired, line;
    unsigned long documents, words, text;
    FILE *plain, *json;
};

static bool is_word_byte(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

static bool is_ascii(struct bytes word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.data[i] >= 0x80)
            return false;
    return true;
}

/* ASCII letters and digits always are one word; others are tried. */
static bool stays_whole(struct maker *m, struct bytes word)
{
    struct tokenizer t;
    struct token token;

    if (is_ascii(word))
        return true;
    tokenizer_init(&t, word);
    return tokenizer_next(&t, &token) && token.start == 0
        && token.end == word.len
        && (token.kind == TOKEN_WORD || token.kind == TOKEN_NUMBER)
        && bytes_equal(analyzer_apply(m->analyzer, word, &token,
                                      m->lang).word, word);
}

static void put_word(struct maker *m, struct bytes word)
{
    uint8_t copy[WORD_MAX];

    if (word.len == 0 || word.len > WORD_MAX)
        return;
    memcpy(copy, word.data, word.len);
    word = bytes_of(copy, word.len);
    if (!stays_whole(m, word))
        return;
    if (m->line.len)
        buffer_put_str(&m->line, " ");
    buffer_put(&m->line, word.data, word.len);
    m->words++;
}

static void put_text(struct maker *m, const char *text)
{
    struct tokenizer t;
    struct token token;
    struct bytes whole;

    m->text += strlen(text);
    buffer_clear(&m->repaired);
    utf8_repair(&m->repaired, bytes_str(text));
    whole = buffer_bytes(&m->repaired);
    tokenizer_init(&t, whole);
    while (tokenizer_next(&t, &token)) {
        uint8_t copy[1024];
        struct bytes form =
            analyzer_apply(m->analyzer, whole, &token, m->lang).word;
        size_t at = 0;

        if (form.len > sizeof(copy))
            continue;
        memcpy(copy, form.data, form.len);
        while (at < form.len) {
            size_t start = at;

            while (at < form.len && is_word_byte(copy[at]))
                at++;
            put_word(m, bytes_of(copy + start, at - start));
            at += at < form.len;
        }
    }
}

static void put_document(struct maker *m)
{
    struct bytes line = buffer_bytes(&m->line);

    if (!line.len)
        return;
    fprintf(m->plain, "%.*s\n", (int)line.len, (const char *)line.data);
    fprintf(m->json, "{\"id\":\"%lu\",\"lang\":\"sw\",\"body\":\"%.*s\"}\n",
            m->documents++, (int)line.len, (const char *)line.data);
    buffer_clear(&m->line);
}

static FILE *create(const char *name, const char *end)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof(path), "%s%s", name, end);
    file = fopen(path, "w");
    if (!file)
        perror(path);
    return file;
}

int main(int argc, char **argv)
{
    struct maker m = { .repaired = BUFFER_INIT, .line = BUFFER_INIT };
    struct articles a;

    if (argc != 3) {
        fputs("usage: tokens FILE.jsonl OUT\n", stderr);
        return 2;
    }
    m.plain = create(argv[2], ".txt");
    m.json = create(argv[2], ".jsonl");
    if (!m.plain || !m.json || !articles_open(&a, argv[1]))
        return 5;
    m.analyzer = analyzer_new();
    m.lang = lang_parse(bytes_str("sw"));
    while (articles_next(&a)) {
        put_text(&m, a.title);
        put_text(&m, a.body);
        put_document(&m);
    }
    printf("%lu\t%lu\t%lu\n", m.documents, m.words, m.text);
    articles_close(&a);
    analyzer_free(m.analyzer);
    buffer_release(&m.repaired);
    buffer_release(&m.line);
    return fclose(m.plain) != 0 || fclose(m.json) != 0 ? 5 : 0;
}
