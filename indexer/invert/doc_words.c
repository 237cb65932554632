/* doc_words.c -- the words of a document on their way into a segment.
 *
 *   title | lead | body        positions 0 ... count - 1
 *   ^       ^      ^   ^       where sentences and paragraphs begin
 */
#include "indexer/invert/doc_words.h"

static void begin_sentence(struct doc_words *w, bool paragraph)
{
    buffer_put(&w->sentences, &w->count, sizeof(w->count));
    buffer_put_u8(&w->paragraph, paragraph);
}

/* What is left to say with the next word. */
struct beginning {
    bool sentence, paragraph;
};

/* False: the document has too many words. */
static bool take_token(struct doc_words *w, struct inverter *inverter,
                       struct bytes text, const struct token *token,
                       struct beginning *begins)
{
    begins->sentence |= token->begins_sentence;
    begins->paragraph |= token->begins_paragraph;
    if (w->count == FORMAT_WORDS_MAX) {
        w->cut = true;
        return false;
    }
    if (!inverter_token(inverter, text, token))
        return true;
    if (begins->sentence || begins->paragraph)
        begin_sentence(w, begins->paragraph);
    *begins = (struct beginning){ false, false };
    w->count++;
    return true;
}

/* Indexes one text of the article, which begins a paragraph. */
static void take_text(struct doc_words *w, struct inverter *inverter,
                      struct bytes text)
{
    struct beginning begins = { true, true };
    struct token tokens[INVERTER_AHEAD];
    struct tokenizer tokenizer;
    uint32_t count;

    tokenizer_init(&tokenizer, text);
    do {
        for (count = 0; count < INVERTER_AHEAD; count++)
            if (!tokenizer_next(&tokenizer, &tokens[count]))
                break;
        inverter_expect(inverter, text, tokens, count);
        for (uint32_t i = 0; i < count; i++)
            if (!take_token(w, inverter, text, &tokens[i], &begins))
                return;
    } while (count == INVERTER_AHEAD);
}

void doc_words_take(struct doc_words *w, struct inverter *inverter,
                    struct bytes title, struct bytes lead, struct bytes body)
{
    w->count = 0;
    w->cut = false;
    buffer_clear(&w->sentences);
    buffer_clear(&w->paragraph);
    take_text(w, inverter, title);
    inverter_end_title(inverter);
    w->title_len = w->count;
    take_text(w, inverter, lead);
    w->lead_len = w->count - w->title_len;
    take_text(w, inverter, body);
}

void doc_words_put(const struct doc_words *w, struct bounds_writer *to)
{
    struct bounds bounds = {
        w->title_len, w->lead_len,
        (const uint32_t *)(const void *)w->sentences.data,
        w->paragraph.data, w->paragraph.len
    };

    bounds_put(to, &bounds);
}

void doc_words_release(struct doc_words *w)
{
    buffer_release(&w->sentences);
    buffer_release(&w->paragraph);
}
