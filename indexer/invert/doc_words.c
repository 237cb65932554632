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

/* Indexes one text of the article, which begins a paragraph. */
static void take_text(struct doc_words *w, struct inverter *inverter,
                      struct bytes text)
{
    bool sentence = true, paragraph = true;
    struct tokenizer tokenizer;
    struct token token;

    tokenizer_init(&tokenizer, text);
    while (tokenizer_next(&tokenizer, &token)) {
        sentence |= token.begins_sentence;
        paragraph |= token.begins_paragraph;
        if (w->count == FORMAT_WORDS_MAX) {
            w->cut = true;
            return;
        }
        if (!inverter_token(inverter, text, &token))
            continue;
        if (sentence || paragraph)
            begin_sentence(w, paragraph);
        sentence = paragraph = false;
        w->count++;
    }
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
