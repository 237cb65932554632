/* html_dated.c -- the words that say that a date is that of the article.
 *
 * They stand before it, perhaps with a name between, or behind it, where the
 * verb of a sentence has its place there.
 *
 *   "Posted by A. Example on 3 May 2023"     "am 3. Mai 2023 gepostet"
 *    ^ before                                                ^ behind
 */
#include "common/text/unicode.h"
#include "indexer/read/html.h"

enum { BEFORE_MOST = 64, BEHIND_MOST = 40 };

/* Beginnings of words, in lower case. */
static const char *const before_words[] = {
    "posted", "publish", "written", "created", "date", "added", "filed",
    "issued", "released", "release date", "publication", "first aired",
    "veröffentlich", "erstellt", "geschrieben", "gepostet", "verfasst",
    "datum", "eingestellt", "erschienen", "online seit", "stand:",
    "publiziert", "pressemitteilung",
    "publi", "posté", "mis en ligne", "mise en ligne", "rédigé", "paru",
    "écrit", "fecha", "creado", "escrito", "pubblica", "scritto", "inserito",
    "data:", "data de", "data pub", "postado", "gepubliceerd", "geplaatst",
    "geschreven",
    "опубликован", "дата", "добавлен", "размещен", "opublikowan", "dodan",
    "napisan", "zveřejněn", "vydán", "vložen", "offentlig", "julkaistu",
    "yayın", "megjelen", "közzét", "δημοσι", "ημερομηνία", "опубліков",
    "опублікован", "публикуван", "发布", "发表", "發布", "發表", "日期",
    "公開日", "掲載日", "投稿日", "配信", "入力", "입력", "등록", "작성",
    "نشر", "تاريخ", "تاریخ", "diterbitkan", "ngày đăng", "objavljen",
};

/* Anywhere in a sentence before the date. */
static const char *const phrases[] = {
    "entry was posted", "entry was written", "post was published",
    "article was published", "article was originally published",
    "originally appeared", "story was published", "beitrag wurde",
    "eintrag wurde", "artikel wurde", "article a été publié",
    "billet a été publié", "entrada fue publicada",
};

static const char *const behind_words[] = {
    "veröffentlicht", "gepostet", "geschrieben", "erstellt", "publiziert",
    "verfasst", "eingestellt", "gepubliceerd", "geplaatst", "julkaistu",
    "発表", "公開", "配信", "掲載", "投稿", "发布", "发表",
};

enum where { ANYWHERE, AT_BEGIN };

static bool is_letter(uint8_t c)
{
    return c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Whether the line, or its piece behind a mark, begins at `at`. */
static bool is_begin(const uint8_t *from, const uint8_t *at)
{
    while (at > from && at[-1] == ' ')
        at--;
    return at == from || (at[-1] < 0x80 && !is_letter(at[-1]) &&
                          at[-1] != ',') ||
           (at - from >= 3 && at[-3] == 0xe2) ||    /* dashes, bullets */
           (at - from >= 2 && at[-2] == 0xc2);
}

/* Whether a word of the list begins in the text, and no sentence ends behind
 * it. */
static bool holds(struct bytes text, const char *const *list, size_t count,
                  enum where where)
{
    struct buffer lower = BUFFER_INIT;
    bool found = false;

    unicode_lower(&lower, text, false);
    for (size_t i = 0; i < count && !found && lower.len; i++) {
        const uint8_t *end = lower.data + lower.len;
        const uint8_t *at = memmem(lower.data, lower.len, list[i],
                                   strlen(list[i]));

        found = at && (where == AT_BEGIN ? is_begin(lower.data, at)
                                         : at == lower.data ||
                                           !is_letter(at[-1])) &&
                !memmem(at, (size_t)(end - at), ". ", 2);
    }
    buffer_release(&lower);
    return found;
}

static bool is_inside_letter(uint8_t c)
{
    return (c & 0xc0) == 0x80;
}

#define HOLDS(text, list, where) \
    holds(text, list, sizeof(list) / sizeof(*(list)), where)

bool html_is_dated(struct bytes line, size_t from, size_t to)
{
    size_t first = from > BEFORE_MOST ? from - BEFORE_MOST : 0;
    size_t last = line.len - to > BEHIND_MOST ? to + BEHIND_MOST : line.len;
    struct bytes before, behind;

    while (first < from && is_inside_letter(line.data[first]))
        first++;
    while (last > to && last < line.len && is_inside_letter(line.data[last]))
        last--;
    before = bytes_part(line, first, from - first);
    behind = bytes_part(line, to, last - to);
    return (first == 0 && HOLDS(before, before_words, AT_BEGIN)) ||
           HOLDS(before, phrases, ANYWHERE) ||
           HOLDS(behind, behind_words, ANYWHERE);
}
