/* language.c -- the language of a text by script and common words.
 *
 * Most scripts are of one language in the news, and where they are not, a
 * few letters tell.  For the Latin alphabet each word of the text votes for the
 * languages that it is a common word of: the one with most votes wins, if it
 * wins clearly.
 *
 *   "Der Hund ist nicht ..."  de: der ist nicht -> 3   nl: is -> 0   ...
 */
#include "indexer/enrich/language.h"

#include <stdio.h>

#include "common/text/unicode.h"

enum { READ_MOST = 4096, SHORT_MOST = 400, DOUBT_LEAST = 1000, SLOTS = 8192,
       WORD_MOST = 24, WORDS_MOST = 1024, SET_MOST = 8 };

/* --- Common words ------------------------------------------------------- */

static const struct { const char *code, *words; } vocabularies[] = {
    { "en", "the of and to in is that for it was on with as his he be by at "
            "this have from are not but had they were which their has said "
            "will would been who its more about after " },
    { "de", "der die und das den von zu mit sich des auf ist im dem nicht "
            "eine ein als auch es werden aus er hat dass sie nach wird bei "
            "einer um am sind noch wie einem über einen zum war haben nur "
            "oder aber vor zur bis mehr durch man " },
    { "fr", "le la les de des du et en un une est que qui dans pour pas sur "
            "au par plus avec ce il ne se sont son aux cette ont mais ou été "
            "elle nous leur ses comme d l qu n s c " },
    { "es", "el la los las de que y en un una del se por con para es su al "
            "lo como más pero sus le ha este sí ya entre cuando muy sin "
            "sobre también fue han hasta desde esta " },
    { "it", "il di che la e un per in una non sono del della con si da dei "
            "le nel alla è più anche come dal gli ha lo i ma delle al nella "
            "stato l dell questo suo degli se " },
    { "pt", "o a de que e do da em um para com não uma os no se na por mais "
            "as dos como mas ao ele das à seu sua ou quando muito nos já "
            "também foi são pelo pela até isso ela entre " },
    { "nl", "de het een van en in is dat op te zijn met voor niet die aan er "
            "om ook als dan bij maar naar door wordt uit nog heeft worden "
            "werd hij over ze wel geen meer tot " },
    { "sv", "och i att det som en på är av för med till den har inte om ett "
            "var jag de han från vid kan så eller när också efter under "
            "sig men ska säger " },
    { "da", "og i at det er en til af på som med for den de har ikke et han "
            "var der fra men om sig ved kan også eller efter skal blev vil "
            "være siger efter hvor havde mod " },
    { "no", "og i det er som på en til av for at med den har ikke de et han "
            "var fra men om seg kan også eller etter skal ble vil være sier "
            "hvor hadde mot ved " },
    { "fi", "ja on ei että se oli hän mutta kun ovat myös joka mukaan sen "
            "olla kuin ole jo vain nyt tai sekä vuoden ovat mitä niin tämä "
            "hänen kanssa jos sanoo " },
    { "pl", "i w na się z do że nie jest to o po jak za od przez co dla ale "
            "są tym jego które był który ze ma oraz tak przed tylko już "
            "także może roku było " },
    { "ro", "și de în a la cu pe un o din că nu pentru care este mai sunt au "
            "se fi ce prin să fost al ale după lui cel dar sau cele unei "
            "această acest " },
    { "tr", "ve bir bu da de için ile çok daha olarak gibi olan kadar ne "
            "sonra var ama en olduğu olduğunu değil ise göre yeni dedi "
            "tarafından büyük her türkiye " },
    { "id", "yang dan di ini dengan untuk itu dari tidak dalam akan pada ke "
            "juga oleh adalah saat ada bisa mereka telah karena sebagai "
            "kata para tersebut atau saya lebih " },
    { "vi", "và của là có các cho được trong với không một những người này "
            "đã để khi đến về tại năm từ cũng như ra vào trên sẽ ông theo "
            "nhiều sau " },
    { "sw", "ya na wa kwa katika ni la za kuwa cha hiyo huo alisema pia huyo "
            "watu kama baada hii yake yao ambao lakini kutoka hata mwaka "
            "wake hilo hayo " },
    { "ha", "da na a ta ya ba su wannan cewa domin don ne ce kuma daga zuwa "
            "wata wani mai yi shi an ga kan cikin sun masu yadda amma haka "
            "jihar shugaban " },
    { "cs", "a v se na je že s z do i o to k ve pro za by jsou jeho ale jako "
            "od po které bude která který podle až byl při také jsem už "
            "nebo jen může řekl " },
    { "sk", "a v sa na je že s z do aj o to k vo pre za by sú jeho ale ako "
            "od po ktoré bude ktorá ktorý podľa až bol pri tiež som už "
            "alebo len môže povedal " },
    { "hu", "a az és hogy nem is egy ez meg volt azt csak már még el mint "
            "vagy ki de ha lesz szerint aki után kell mert amely pedig "
            "magyar " },
    { "ca", "el la els les de que i en un una del per amb és al no ha més "
            "com però seva seu són aquest aquesta també dels va des entre "
            "quan fins d l " },
    { "hr", "i u je na se da za su od s će ne koji to kao o iz što koja "
            "nije bi ali ili sam te po do može biti godine prema kako koje "
            "bio " },
    { "lt", "ir yra į kad iš su ne tai kaip buvo bet apie jau jis po dėl "
            "nuo už ar savo tik metų dar bus kurie taip " },
    { "lv", "un ir ka uz no ar par kas tas bet arī nav vai pie tika lai kā "
            "bija ko viņš jau pēc gada tikai " },
    { "et", "ja on ei et see oli ka kui mis oma ta aga ning kes või mida "
            "kuid juba aasta pärast nii siis tema välja " },
    { "tl", "ang ng sa na mga ay at si ni para ito kung hindi niya ko siya "
            "rin may nang kanyang isang mula pa po " },
    { "ms", "yang dan di ini dengan untuk itu dari tidak dalam akan pada ke "
            "juga oleh adalah ialah kerana berkata beliau telah bagi serta "
            "turut boleh tersebut atau lebih " },
    { "sq", "e të në dhe që për me një është nga ka si më se do u i po kjo "
            "janë ai edhe nuk ishte kanë këtë " },
    { "af", "die van en in is het dat nie wat te vir hy om op met sy as aan "
            "ook was deur by sal word hulle se maar " },
    { "yo", "ni ti o si awọn àwọn tí ní ó sì ń àti fún pé náà ṣe bí kan wọn "
            "ṣùgbọ́n láti gbogbo jẹ́ kò yìí wà ọ̀ ọdún nínú " },
    { "ig", "na nke ndị ahụ ya bụ ka maka n o ọ a dị ha gị onye ihe ma "
            "mere sị kwuru mgbe site anyị nwere eziokwu aka ebe " },
    { "so", "oo ka ku waa ah ee in la ayaa soo si uu iyo aan waxay waxaa "
            "kala ayay isaga dalka sheegay mid waxa kale " },
    { "om", "kan fi akka irraa keessa hin isaa jiru ture waan ta kun nama "
            "dha ni bara itti irratti isaan haa yeroo jedhan keessatti "
            "garuu keessaa tokko isaanii jechuun waliin erga booda danda "
            "ammoo malee qabu dura namoota turan jedhu osoo kanaan hanga " },
    { "rn", "mu ku na ko muri uyu kandi abo yari kuri iyi ari aba igihugu "
            "bari mbere avuga vyo ivyo uko ariko ubu bikaba abantu "
            "perezida aho gihe nk ca kugira cane ico inyuma hamwe ry vy mw "
            "hagati imyaka igihe kuva imbere gihugu gushika rw canke "
            "kubera bwo " },
    { "sn", "uye kuti ne kana vanhu asi zvakare mu iri ari kwa ndiro vari "
            "kune munyika nekuti zvino ava apo kwete achiti vachiti kuna "
            "pane iyi iyo izvi uyo mushure nyika gore nguva akati vakati "
            "pamusoro kubva panguva zvinhu makore wake kwake vanoti sezvo "
            "avo pamwe kuita hurumende zviri vamwe vati chete ichi mumwe "
            "zvikuru nyaya pasi ravo anoti yavo sangano " },
    { "xh", "kwaye ukuba le kwi ngo kodwa okanye abantu yi le kule apho "
            "ngokuba xa wathi uthi ukuze emva lo ukusuka kuba nto ngoku "
            "kakhulu umntu nje ngelixa nangona oku oko kwakhona yakhe "
            "wakhe unyaka iminyaka ezi eli olu aba kuya waye uye utshilo "
            "kulo ngenxa ngethuba kokuba lakhe phantsi koloni kakuhle "
            "iqela izinto ngayo sele apha amabini phambi phakathi kufuneka "
            "kwakhe ukuya kukuba umsebenzi nanjengoko kunye bakhe khona "
            "ixesha yonke kukho ephelileyo indlela ngomhla kutsho kuyo "
            "ithuba nyaka kwakunye kuphela phambili amathathu ithi zabo "
            "kunyaka akukho ukusukela veki watsho indawo lokuba nalapho "
            "kuye yena ngalo abanye ngaphandle ethi namhlanje ngelithi "
            "imali zonke " },
    { "zu", "ukuthi futhi uma kodwa abantu lapho ngoba noma ngesikhathi "
            "kanye uthe kule lokhu emva kwe yile " },
    { "ln", "na ya ba ete mpe ezali oyo mpo te po ndenge nde kasi bato "
            "bazali alobi mokonzi wana lokola nzokande mboka liboso na "
            "azali " },
    { "lg", "nti mu ne ku era okuva oba nga abantu bwe kyokka ye naye eri "
            "omu ono kubanga okuba buli mbu agamba abadde " },
    { "pcm", "dey wey di dem sey no for and na wit dia wetin pesin don afta "
             "make e fit im go dat " },
};

enum { LANGUAGES = sizeof(vocabularies) / sizeof(*vocabularies) };

/* The common words of all languages by their hashes of 32 bits: a place for
 * each language that a word is of, one behind the other. */
static struct {
    uint32_t hashes[SLOTS];     /* 0: free */
    uint8_t languages[SLOTS];
    bool ready;
} common;

static uint32_t hash_word(const uint8_t *word, size_t len)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ word[i]) * 16777619u;
    return hash | 1;
}

static void put_common(uint32_t hash, uint32_t language)
{
    uint32_t at = hash / 2 % SLOTS;

    while (common.hashes[at])
        at = (at + 1) % SLOTS;
    common.hashes[at] = hash;
    common.languages[at] = (uint8_t)language;
}

static void make_common(void)
{
    for (uint32_t i = 0; i < LANGUAGES; i++)
        for (const char *at = vocabularies[i].words; *at;) {
            size_t len = strcspn(at, " ");

            put_common(hash_word((const uint8_t *)at, len), i);
            at += len + 1;
        }
    common.ready = true;
}

/* The votes of a text's words for each language. */
struct votes {
    uint32_t of[LANGUAGES], words;
};

static void vote(struct votes *votes, const uint8_t *word, size_t len)
{
    uint32_t hash = hash_word(word, len), at = hash / 2 % SLOTS;

    for (; common.hashes[at]; at = (at + 1) % SLOTS)
        if (common.hashes[at] == hash)
            votes->of[common.languages[at]]++;
}

static bool is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || c >= 0x80;
}

static bool is_punctuation(const uint8_t *at, const uint8_t *end)
{
    return end - at >= 3 && at[0] == 0xe2 && (at[1] == 0x80 ||
                                              at[1] == 0x82);
}

static void take_votes(struct votes *votes, struct bytes text)
{
    const uint8_t *at = text.data, *end = at + text.len;

    while (at < end && votes->words < WORDS_MOST) {
        const uint8_t *from;

        if (!is_letter(*at) || is_punctuation(at, end)) {
            at += is_punctuation(at, end) ? 3 : 1;
            continue;
        }
        for (from = at; at < end && is_letter(*at) &&
                        !is_punctuation(at, end);)
            at++;
        votes->words++;
        if (at - from <= WORD_MOST)
            vote(votes, from, (size_t)(at - from));
    }
}

/* Two votes at least and a twelfth of the words, or, since languages that
 * join their words have fewer small ones, four votes and twice as many as the
 * next. */
static bool is_sure(uint32_t best, uint32_t next, uint32_t total)
{
    if (best == next)
        return false;
    return (best >= 2 && best * 12 >= total) ||
           (best >= 4 && best >= 2 * next);
}

static struct lang by_words(struct bytes text)
{
    struct votes votes = { .words = 0 };
    struct buffer lower = BUFFER_INIT;
    uint32_t best = 0, next = 0, winner = 0;

    if (!common.ready)
        make_common();
    unicode_lower(&lower, text, false);
    take_votes(&votes, buffer_bytes(&lower));
    buffer_release(&lower);
    for (uint32_t i = 0; i < LANGUAGES; i++) {
        if (votes.of[i] > best) {
            next = best;
            best = votes.of[i];
            winner = i;
        } else if (votes.of[i] > next) {
            next = votes.of[i];
        }
    }
    if (!is_sure(best, next, votes.words))
        return LANG_NONE;
    return lang_parse(bytes_str(vocabularies[winner].code));
}

/* --- Scripts ------------------------------------------------------------ */

/* Scripts that unicode.h does not tell apart, each of one language. */
static const struct { uint32_t from, to; const char *code; } ranges[] = {
    { 0x0a00, 0x0a7f, "pa" }, { 0x0a80, 0x0aff, "gu" },
    { 0x0b00, 0x0b7f, "or" }, { 0x0c00, 0x0c7f, "te" },
    { 0x0c80, 0x0cff, "kn" }, { 0x0d00, 0x0d7f, "ml" },
    { 0x0f00, 0x0fff, "bo" }, { 0x0780, 0x07bf, "dv" },
};

enum { RANGES = sizeof(ranges) / sizeof(*ranges) };

struct census {
    uint32_t scripts[SCRIPT_COUNT], ranges[RANGES], letters;
};

static void take_census(struct census *census, struct bytes text)
{
    const uint8_t *at = text.data, *end = at + text.len;
    uint32_t latin = 0;

    while (at < end) {
        uint32_t code;
        enum script script;

        if (*at < 0x80) {
            latin += is_letter(*at++ | 0x20);
            continue;
        }
        code = utf8_next(&at, end);
        script = unicode_script(code);
        census->scripts[script]++;
        census->letters += script != SCRIPT_OTHER;
        for (size_t i = 0; script == SCRIPT_OTHER && code > 0x700 &&
                           i < RANGES; i++)
            if (code >= ranges[i].from && code <= ranges[i].to) {
                census->ranges[i]++;
                census->letters++;
            }
    }
    census->scripts[SCRIPT_LATIN] += latin;
    census->letters += latin;
}

/* How many of the text's characters are in the set, none of which is ASCII. */
static uint32_t count_of(struct bytes text, const char *set)
{
    const uint8_t *at = text.data, *end = at + text.len;
    const uint8_t *letter = (const uint8_t *)set, *last = letter + strlen(set);
    uint32_t letters[SET_MOST], size = 0, count = 0;

    while (letter < last && size < SET_MOST)
        letters[size++] = utf8_next(&letter, last);
    while (at < end) {
        uint32_t code;

        if (*at < 0x80) {
            at++;
            continue;
        }
        code = utf8_next(&at, end);
        for (uint32_t i = 0; i < size; i++)
            count += letters[i] == code;
    }
    return count;
}

static uint32_t count_word(struct bytes text, const char *word)
{
    const uint8_t *at = text.data, *end = at + text.len, *found;
    uint32_t count = 0;

    while ((found = memmem(at, (size_t)(end - at), word, strlen(word)))) {
        count++;
        at = found + 1;
    }
    return count;
}

static const char *of_cyrillic(struct bytes text, uint32_t letters)
{
    uint32_t some = letters / 200 + 1;

    if (count_of(text, "әғқұһ") >= some)
        return "kk";
    if (count_of(text, "ѓќѕ") >= some)
        return "mk";
    if (count_of(text, "ђћџљњј") >= some)
        return "sr";
    if (count_of(text, "ў") >= some)
        return "be";
    if (count_of(text, "іїєґ") >= some)
        return "uk";
    if (count_of(text, "өү") >= some)
        return count_of(text, "ң") ? "ky" : "mn";
    if (count_of(text, "ыэё") >= some)
        return "ru";
    return count_of(text, "ъ") >= some ? "bg" : "ru";
}

static const char *of_arabic(struct bytes text, uint32_t letters)
{
    uint32_t some = letters / 100 + 1;

    if (count_of(text, "ٹڈڑںےہ") >= some)
        return "ur";
    if (count_of(text, "ښځڼېړ") >= some)
        return "ps";
    if (count_of(text, "ڕێۆڵ") >= some)
        return "ku";
    if (count_of(text, "پچژگکی") >= some)
        return "fa";
    return "ar";
}

static const char *of_devanagari(struct bytes text)
{
    uint32_t hi = count_word(text, " है") + count_word(text, " के ") +
                  count_word(text, " में ");
    uint32_t mr = count_word(text, " आहे") + count_word(text, " आणि ") +
                  count_word(text, "च्या ");
    uint32_t ne = count_word(text, " छ") + count_word(text, "को ") +
                  count_word(text, "मा ");

    if (mr > hi && mr >= ne)
        return "mr";
    return ne > hi * 2 && count_word(text, " छ") ? "ne" : "hi";
}

static const char *of_script(enum script script, struct bytes text,
                             const struct census *census)
{
    uint32_t letters = census->scripts[script];

    switch (script) {
    case SCRIPT_CYRILLIC:   return of_cyrillic(text, letters);
    case SCRIPT_GREEK:      return "el";
    case SCRIPT_ARABIC:     return of_arabic(text, letters);
    case SCRIPT_HEBREW:     return "he";
    case SCRIPT_ARMENIAN:   return "hy";
    case SCRIPT_GEORGIAN:   return "ka";
    case SCRIPT_DEVANAGARI: return of_devanagari(text);
    case SCRIPT_BENGALI:    return count_of(text, "ৰৱ") * 100 > letters
                                   ? "as" : "bn";
    case SCRIPT_TAMIL:      return "ta";
    case SCRIPT_SINHALA:    return "si";
    case SCRIPT_ETHIOPIC:   return count_of(text, "ኣ") > count_of(text, "አ")
                                   ? "ti" : "am";
    case SCRIPT_HANGUL:     return "ko";
    case SCRIPT_THAI:       return "th";
    case SCRIPT_LAO:        return "lo";
    case SCRIPT_KHMER:      return "km";
    case SCRIPT_MYANMAR:    return "my";
    default:                return "";
    }
}

/* The language that most of the letters say, "" where they do not; Latin
 * letters among others are names and brands, so they need three quarters. */
static const char *by_script(struct bytes text, const struct census *census)
{
    uint32_t han = census->scripts[SCRIPT_HAN];
    uint32_t kana = census->scripts[SCRIPT_KANA];
    enum script most = SCRIPT_OTHER;

    for (size_t i = 0; i < RANGES; i++)
        if (census->ranges[i] * 2 > census->letters)
            return ranges[i].code;
    /* An ideograph says as much as three letters. */
    if ((han + kana) * 3 > census->letters - han - kana && han + kana)
        return kana * 10 > han + kana ? "ja" : "zh";
    for (int i = SCRIPT_OTHER + 1; i < SCRIPT_COUNT; i++)
        if (i != SCRIPT_LATIN && (most == SCRIPT_OTHER ||
                                  census->scripts[i] > census->scripts[most]))
            most = (enum script)i;
    if (census->scripts[most] * 4 > census->letters && census->letters)
        return of_script(most, text, census);
    return "";
}

/* The first READ_MOST bytes, not ending inside a character. */
static struct bytes beginning(struct bytes text)
{
    if (text.len <= READ_MOST)
        return text;
    text.len = READ_MOST;
    while (text.len && (text.data[text.len] & 0xc0) == 0x80)
        text.len--;
    return text;
}

struct lang language_of_text(struct bytes text)
{
    struct census census = { .letters = 0 };
    const char *code;

    text = beginning(text);
    take_census(&census, text);
    code = by_script(text, &census);
    if (*code)
        return lang_parse(bytes_str(code));
    return census.letters ? by_words(text) : LANG_NONE;
}

/* A short text needs every word there is. */
static struct lang of_both(struct bytes title, struct bytes body)
{
    struct buffer both = BUFFER_INIT;
    struct lang lang;

    buffer_put_bytes(&both, title);
    buffer_put_str(&both, "\n");
    buffer_put_bytes(&both, body);
    lang = language_of_text(buffer_bytes(&both));
    buffer_release(&both);
    return lang;
}

/* Languages so near each other that what is declared knows better. */
static bool are_near(struct lang a, struct lang b)
{
    static const char *const families[] = {
        "no nb nn da sv ", "hr sr bs sl mk bg ", "cs sk ", "id ms jv ",
        "rn rw ", "zu xh ", "es gl ca pt ", "en pcm ", "ar fa ur ps ",
        "ru uk be ", "nl af ", "hi mr ne ", "zh ja ", "tr az ", "am ti ",
        "fr oc ca ", "fi et ", "lt lv ",
    };

    for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
        char first[8], second[8];
        const char *padded = families[i];

        snprintf(first, sizeof(first), "%s ", a.code);
        snprintf(second, sizeof(second), "%s ", b.code);
        if (strstr(padded, first) && strstr(padded, second))
            return true;
    }
    return false;
}

/* Whether we would see it if it were this language: a declared one that we
 * do not know must not lose to the nearest that we do. */
static bool is_known(struct lang lang)
{
    static const char by_letters[] =
        "ru uk bg sr mk be kk ky mn el ar fa ur ps ku he hy ka hi mr ne bn "
        "as ta si am ti ko th lo km my zh ja pa gu or te kn ml bo dv ";
    char padded[8];

    for (uint32_t i = 0; i < LANGUAGES; i++)
        if (strcmp(vocabularies[i].code, lang.code) == 0)
            return true;
    snprintf(padded, sizeof(padded), "%s ", lang.code);
    return strstr(by_letters, padded) != NULL;
}

void language_detect(struct article *a, struct lang given)
{
    struct lang seen;

    if (a->lang.code[0] == '\0')
        a->lang = given;
    if (a->lang.code[0] && (lang_equal(a->lang, given) ||
                            a->body.len < DOUBT_LEAST))
        return;
    seen = a->body.len < SHORT_MOST ? of_both(a->title, a->body)
                                    : language_of_text(a->body);
    if (seen.code[0] && (a->lang.code[0] == '\0' ||
                         (is_known(a->lang) && !are_near(seen, a->lang))))
        a->lang = seen;
}
