/* html_tail.c -- the lines behind an article that are not of it.
 *
 * They ask the reader for something, say who else worked on it, or where it
 * appeared.  Only the last lines of an article are looked at: in the middle
 * of it the same words are a sentence.
 *
 *   "... the mayor said."  no     "Follow us on ..."  yes
 *                                 "Reporting by A. Example; ..."  yes
 */
#include "common/text/unicode.h"
#include "indexer/read/html.h"

enum { TAIL_MOST = 320, ADDRESS_MOST = 180 };

/* How such a line begins, in lower case. */
static const char *const openers[] = {
    "sign up", "subscribe", "follow us", "follow the ", "like us on",
    "contact ", "email ", "e-mail ", "have a tip", "got a tip",
    "got a news tip", "do you have a", "want more", "want to keep up",
    "want to read more", "get the latest", "get our ", "download the ",
    "download our", "join our", "join the conversation", "click here",
    "click to ", "read more", "read the original", "read next", "next read",
    "to read more", "for more ", "this article was originally",
    "this article originally", "this article first", "this article appeared",
    "this article was first", "this article was updated",
    "this article has been updated", "this post was originally",
    "this post originally", "this story was originally",
    "this story originally", "this story first", "this story was first",
    "this story was updated", "this story has been updated",
    "this piece originally", "this report was first", "originally published",
    "a version of this", "reporting by ", "(reporting by ",
    "additional reporting", "editing by ", "writing by ", "contributing:",
    "the associated press contributed", "associated press writer",
    "with files from", "copyright ", "©", "all rights reserved",
    "listen to ", "check out more", "send us", "support our",
    "you can reach", "you may also", "if you have a story",
    "if you value our", "if you enjoyed", "see more", "*follow", "* follow",
    "folgen sie", "jetzt abonnieren", "abonnieren sie", "lesen sie",
    "mehr zum thema", "mehr dazu", "dieser artikel erschien",
    "dieser artikel ist", "der artikel erschien", "dieser text erschien",
    "melden sie sich", "quelle:", "quellen:", "suivez", "abonnez-vous",
    "inscrivez-vous", "cliquez ici", "lire aussi", "síguenos", "sigue a ",
    "sigue toda", "suscríbete", "lea también", "apúntate", "segui ",
    "seguici", "iscriviti", "leggi anche", "foto di ", "immagine di ",
    "riproduzione riservata", "siga o", "siga a", "assine ", "inscreva",
    "leia também", "volg ons", "lees ook", "meld je aan",
    "подписывайтесь", "подпишитесь", "читайте ", "читать ", "фото:",
    "источник:", "czytaj ", "obserwuj", "zobacz ", "źródło:",
    "følg ", "les også", "läs mer", "läs också", "takip et",
};

static bool opens(struct bytes folded)
{
    for (size_t i = 0; i < sizeof(openers) / sizeof(*openers); i++) {
        size_t len = strlen(openers[i]);

        if (folded.len >= len && memcmp(folded.data, openers[i], len) == 0)
            return true;
    }
    return false;
}

/* Whether it says how somebody is reached: an address of mail. */
static bool has_address(struct bytes text)
{
    for (size_t i = 1; i + 3 < text.len; i++)
        if (text.data[i] == '@' && text.data[i - 1] > ' ' &&
            text.data[i - 1] != '(' &&
            memchr(text.data + i + 2, '.', text.len - i - 2))
            return true;
    return false;
}

bool html_is_tail(struct bytes text)
{
    struct buffer lower = BUFFER_INIT;
    bool tail;

    if (text.len == 0 || text.len > TAIL_MOST)
        return false;
    if (text.len <= ADDRESS_MOST && has_address(text))
        return true;
    unicode_lower(&lower, text, false);
    tail = opens(buffer_bytes(&lower));
    buffer_release(&lower);
    return tail;
}
