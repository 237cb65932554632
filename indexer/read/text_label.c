/* text_label.c -- the keys of heads, in the languages of the news:
 *
 *   "Quelle: Tagesblick"  ->  LABEL_SOURCE, "Tagesblick"
 */
#include "indexer/read/text_label.h"

#include <strings.h>

#include "indexer/read/text_lines.h"

static const struct { const char *word; enum label label; } labels[] = {
    { "title", LABEL_TITLE }, { "headline", LABEL_TITLE },
    { "titel", LABEL_TITLE }, { "titre", LABEL_TITLE },
    { "título", LABEL_TITLE }, { "titolo", LABEL_TITLE },
    { "Заголовок", LABEL_TITLE }, { "subject", LABEL_TITLE },
    { "date", LABEL_DATE }, { "published", LABEL_DATE },
    { "published on", LABEL_DATE }, { "posted", LABEL_DATE },
    { "datum", LABEL_DATE }, { "fecha", LABEL_DATE }, { "data", LABEL_DATE },
    { "publié le", LABEL_DATE }, { "Дата", LABEL_DATE },
    { "updated", LABEL_MODIFIED }, { "modified", LABEL_MODIFIED },
    { "last updated", LABEL_MODIFIED },
    { "source", LABEL_SOURCE }, { "publisher", LABEL_SOURCE },
    { "outlet", LABEL_SOURCE }, { "quelle", LABEL_SOURCE },
    { "fuente", LABEL_SOURCE }, { "fonte", LABEL_SOURCE },
    { "bron", LABEL_SOURCE }, { "Источник", LABEL_SOURCE },
    { "author", LABEL_AUTHOR }, { "authors", LABEL_AUTHOR },
    { "by", LABEL_AUTHOR }, { "byline", LABEL_AUTHOR },
    { "autor", LABEL_AUTHOR }, { "auteur", LABEL_AUTHOR },
    { "autore", LABEL_AUTHOR }, { "Автор", LABEL_AUTHOR },
    { "url", LABEL_URL }, { "link", LABEL_URL },
    { "lang", LABEL_LANG }, { "language", LABEL_LANG },
    { "section", LABEL_SECTION }, { "category", LABEL_SECTION },
    { "tags", LABEL_TAGS }, { "keywords", LABEL_TAGS },
    { "id", LABEL_ID }, { "lead", LABEL_LEAD },
    { "standfirst", LABEL_LEAD },
    { "highlights", LABEL_DIGEST }, { "key points", LABEL_DIGEST },
    { "in brief", LABEL_DIGEST }, { "at a glance", LABEL_DIGEST },
    { "key takeaways", LABEL_DIGEST }, { "summary", LABEL_DIGEST },
    { "highlight", LABEL_DIGEST }, { "key facts", LABEL_DIGEST },
    { "das wichtigste in kürze", LABEL_DIGEST },
    { "points forts", LABEL_DIGEST }, { "l'essentiel", LABEL_DIGEST },
    { "lo más destacado", LABEL_DIGEST }, { "destacados", LABEL_DIGEST },
    { "original source", LABEL_SOURCE }, { "via", LABEL_SOURCE },
};

/* "Key: value" or "Key : value" with a key of the table; the value may be
 * empty. */
enum label text_label(struct bytes *value, struct bytes line)
{
    for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
        size_t len = strlen(labels[i].word);

        size_t colon = line.len > len + 1 && line.data[len] == ' ' ? len + 1
                                                                   : len;

        if (line.len > colon && line.data[colon] == ':' &&
            strncasecmp((const char *)line.data, labels[i].word, len) == 0) {
            *value = text_trim(bytes_part(line, colon + 1,
                                          line.len - colon - 1));
            return labels[i].label;
        }
    }
    return LABEL_NONE;
}
