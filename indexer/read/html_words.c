/* html_words.c -- what class and id say about an element.
 *
 * Names are brought to one spelling, cut into words, and each word is looked
 * up by its beginning; a word that ends in "." in the table must be whole.
 * A row of no bits says that the word only begins like another.
 *
 *   "storyBody share_tools"  ->  "-story-body-share-tools-"
 *                                  ^ BODY     ^ FURNITURE
 */
#include <ctype.h>

#include "indexer/read/html.h"

enum { NAMES_MOST = 400 };

static const struct { const char *word; uint8_t bits; } table[] = {
    { "ad.", WORD_FURNITURE }, { "ads.", WORD_FURNITURE },
    { "advert", WORD_FURNITURE }, { "also", WORD_FURNITURE },
    { "article-body", WORD_BODY }, { "articlebody", WORD_BODY },
    { "article-content", WORD_BODY }, { "article-text", WORD_BODY },
    { "article-main", WORD_BODY }, { "article-copy", WORD_BODY },
    { "article-story", WORD_BODY }, { "article-detail", WORD_BODY },
    { "articletext", WORD_BODY }, { "articlecontent", WORD_BODY },
    { "article-meta", WORD_FURNITURE }, { "article-tags", WORD_FURNITURE },
    { "article-footer", WORD_FURNITURE },
    { "author", WORD_AUTHOR | WORD_FURNITURE },
    { "auteur", WORD_AUTHOR | WORD_FURNITURE },
    { "autor.", WORD_AUTHOR | WORD_FURNITURE },
    { "autoren", WORD_AUTHOR | WORD_FURNITURE },
    { "avtor.", WORD_AUTHOR | WORD_FURNITURE },
    { "a-lire", WORD_FURNITURE },
    { "authorit", 0 },
    { "banner", WORD_FURNITURE }, { "bio.", WORD_FURNITURE },
    { "body-content", WORD_BODY }, { "body-text", WORD_BODY },
    { "breadcrumb", WORD_FURNITURE }, { "byline", WORD_AUTHOR |
                                                  WORD_FURNITURE },
    { "chapo", WORD_STANDFIRST },
    { "caption", WORD_CAPTION }, { "carousel", WORD_FURNITURE },
    { "comment", WORD_COMMENT | WORD_FURNITURE }, { "commentary", 0 },
    { "consent", WORD_FURNITURE },
    { "commentaires", WORD_COMMENT | WORD_FURNITURE },
    { "content-body", WORD_BODY }, { "cookie", WORD_FURNITURE },
    { "copyright", WORD_FURNITURE }, { "credit.", WORD_CAPTION },
    { "correspondent", WORD_AUTHOR },
    { "deck.", WORD_STANDFIRST },
    { "dek.", WORD_STANDFIRST }, { "didomi", WORD_FURNITURE },
    { "disclaimer", WORD_FURNITURE },
    { "disqus", WORD_COMMENT | WORD_FURNITURE },
    { "donat", WORD_FURNITURE },
    { "elementor-widget", 0 },
    { "entry-content", WORD_BODY }, { "entry-meta", WORD_FURNITURE },
    { "footer", WORD_FURNITURE }, { "follow", WORD_FURNITURE },
    { "gdpr", WORD_FURNITURE }, { "hidden.", WORD_HIDDEN },
    { "intro.", WORD_STANDFIRST }, { "infobox", WORD_FURNITURE },
    { "jp-related", WORD_FURNITURE },
    { "label-hidden", 0 }, { "label-visually-hidden", 0 },
    { "lead.", WORD_STANDFIRST },
    { "livefyre", WORD_COMMENT | WORD_FURNITURE },
    { "login", WORD_FURNITURE },
    { "kommentar", WORD_COMMENT | WORD_FURNITURE },
    { "masthead", WORD_FURNITURE }, { "menu", WORD_FURNITURE },
    { "meta.", WORD_FURNITURE }, { "modal", WORD_FURNITURE },
    { "more.", WORD_FURNITURE }, { "more-", WORD_FURNITURE },
    { "most-", WORD_FURNITURE }, { "mostread", WORD_FURNITURE },
    { "mw-editsection", WORD_FURNITURE },
    { "nav.", WORD_FURNITURE }, { "navbar", WORD_FURNITURE },
    { "navigation", WORD_FURNITURE }, { "newsletter", WORD_FURNITURE },
    { "noprint", WORD_FURNITURE }, { "next-", WORD_FURNITURE },
    { "onetrust", WORD_FURNITURE }, { "outbrain", WORD_FURNITURE },
    { "overlay", WORD_FURNITURE },
    { "partage.", WORD_FURNITURE },
    { "pager", WORD_FURNITURE }, { "pagination", WORD_FURNITURE },
    { "paywall", WORD_FURNITURE }, { "popular", WORD_FURNITURE },
    { "popup", WORD_FURNITURE }, { "post-body", WORD_BODY },
    { "post-content", WORD_BODY }, { "post-text", WORD_BODY },
    { "post-meta", WORD_FURNITURE }, { "promo", WORD_FURNITURE },
    { "print-", WORD_FURNITURE },
    { "rail.", WORD_FURNITURE },
    { "reactions.", WORD_COMMENT | WORD_FURNITURE },
    { "read-more", WORD_FURNITURE }, { "readmore", WORD_FURNITURE },
    { "recirc", WORD_FURNITURE }, { "recommend", WORD_FURNITURE },
    { "references", WORD_FURNITURE },
    { "related", WORD_FURNITURE },
    { "respond.", WORD_COMMENT | WORD_FURNITURE },
    { "screen-reader", WORD_HIDDEN }, { "search-", WORD_FURNITURE },
    { "share", WORD_FURNITURE }, { "sharing", WORD_FURNITURE },
    { "shareholder", 0 }, { "socialis", 0 },
    { "so-panel-widget-widget-text", 0 }, { "so-panel-widget", 0 },
    { "so-widget", 0 },
    { "sidebar", WORD_FURNITURE }, { "signup", WORD_FURNITURE },
    { "sign-up", WORD_FURNITURE }, { "skip-", WORD_HIDDEN },
    { "social", WORD_FURNITURE }, { "sponsor", WORD_FURNITURE },
    { "sr-only", WORD_HIDDEN }, { "standfirst", WORD_STANDFIRST },
    { "story-body", WORD_BODY }, { "storybody", WORD_BODY },
    { "story-content", WORD_BODY }, { "story-text", WORD_BODY },
    { "subheadline", WORD_STANDFIRST }, { "sub-headline", WORD_STANDFIRST },
    { "subscriber-only", WORD_PAID }, { "subscriber-preview", WORD_PAID },
    { "subscri", WORD_FURNITURE }, { "summary.", WORD_STANDFIRST },
    { "signature.", WORD_AUTHOR | WORD_FURNITURE },
    { "subtitle", WORD_STANDFIRST },
    { "taboola", WORD_FURNITURE }, { "tags.", WORD_FURNITURE },
    { "tag-list", WORD_FURNITURE }, { "taglist", WORD_FURNITURE },
    { "td-post-content", WORD_BODY }, { "teaser", WORD_FURNITURE },
    { "teilen.", WORD_FURNITURE }, { "ticker.", WORD_FURNITURE },
    { "timestamp", WORD_FURNITURE },
    { "text-body", WORD_BODY }, { "toolbar", WORD_FURNITURE },
    { "tools.", WORD_FURNITURE }, { "trending", WORD_FURNITURE },
    { "visually-hidden", WORD_HIDDEN }, { "vcard", WORD_AUTHOR },
    { "vorspann", WORD_STANDFIRST },
    { "widget-sow", 0 }, { "widget", WORD_FURNITURE },
    { "you-may", WORD_FURNITURE },
};

/* The first row of every letter: the table is in order of first letters. */
static size_t first_row(char letter)
{
    size_t low = 0, high = sizeof(table) / sizeof(*table);

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (table[middle].word[0] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool fits(const char *at, const char *word)
{
    while (*word && *word != '.' && *at == *word)
        at++, word++;
    return *word == '\0' || (*word == '.' && *at == '-');
}

/* One spelling: lower case, words between hyphens, a hyphen at the end. */
static void normalize(char out[NAMES_MOST + 3], const char *names)
{
    size_t len = 0;
    bool lower_before = false;

    for (; *names && len < NAMES_MOST; names++) {
        unsigned char c = (unsigned char)*names;
        bool upper = c >= 'A' && c <= 'Z';

        if (!isalnum(c)) {
            if (len && out[len - 1] != '-')
                out[len++] = '-';
            lower_before = false;
            continue;
        }
        if (upper && lower_before)
            out[len++] = '-';
        out[len++] = (char)(upper ? c | 32 : c);
        lower_before = !upper;
    }
    out[len++] = '-';
    out[len] = '\0';
}

/* What the names say from the word at `at` on, which moves behind what a row
 * of no bits explains. */
static uint8_t bits_at(const char **at)
{
    size_t count = sizeof(table) / sizeof(*table);
    uint8_t bits = 0;
    char first = **at;

    for (size_t i = first_row(first); i < count && table[i].word[0] == first;
         i++)
        if (fits(*at, table[i].word)) {
            if (table[i].bits == 0) {
                *at += strlen(table[i].word) - 1;
                return 0;
            }
            bits |= table[i].bits;
        }
    return bits;
}

uint8_t html_words(const char *names)
{
    char spelled[NAMES_MOST + 3];
    uint8_t bits = 0;

    normalize(spelled, names);
    for (const char *at = spelled; *at; at = strchr(at, '-') + 1)
        bits |= bits_at(&at);
    return bits;
}
