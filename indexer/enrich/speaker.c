/* speaker.c -- who the speakers of an article are, by their full names.
 *
 *   Foreign Minister Sergei Lavrov ... he ... Lavrov ... the minister
 *   |role           |name          |   |      |          |
 *                                  one person, by last name, sex and role
 *
 * Every name of the article is noted where it stands.  A last name alone is
 * the fullest form of it in the article; a pronoun is the last speaker when
 * that is near, else the latest subject of its sex; a role is who was called
 * so last.
 */
#include "indexer/enrich/speaker.h"

#include <stdlib.h>

#include "common/base/error.h"
#include "indexer/enrich/quote_phrase.h"

enum { MENTIONS_MOST = 1 << 16, NAME_WORDS = 4, NEAR = 250, FAR = 1500,
       WHO_NEAR = 120, ROLE_BYTES = 80 };

void speakers_release(struct speakers *s)
{
    free(s->items);
    *s = (struct speakers)SPEAKERS_INIT;
}

static uint64_t hash_lower(struct bytes text)
{
    uint64_t hash = QUOTE_HASH_START;

    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.data[i];

        if (c != '.')
            hash = quote_hash_step(hash, (unsigned)(c - 'A') < 26 ? c | 32 : c);
    }
    return hash;
}

/* --- Names where they stand --- */

static bool starts_name(const struct quote_token *w)
{
    return w->kind == QT_WORD && w->shape & SHAPE_CAP &&
           !(w->flags & (QW_TIME | QW_DET | QW_PRON | QW_START | QW_CONJ |
                         QW_THAT | QW_WHO | QW_OPEN | QW_PREP | QW_AUX) &&
             !(w->flags & (QW_MALE | QW_FEMALE | QW_TITLE)));
}

/* Whether token i stands right behind the one before it. */
static bool joined(const struct quote_text *t, size_t i)
{
    return t->all[i].start <= t->all[i - 1].end + 1 &&
           !(t->all[i - 1].shape & SHAPE_OWNER);
}

static size_t run_end(const struct quote_text *t, size_t i)
{
    size_t end = i + 1;

    while (end < t->all_count && joined(t, end)) {
        if (starts_name(&t->all[end]))
            end++;
        else if (t->all[end].flags & QW_LINK && end + 1 < t->all_count &&
                 joined(t, end + 1) && (starts_name(&t->all[end + 1]) ||
                 t->all[end + 1].flags & QW_LINK))
            end++;
        else
            break;
    }
    return end;
}

static struct bytes span(const struct quote_text *t, size_t a, size_t b)
{
    return bytes_part(t->text, t->all[a].start,
                      t->all[b - 1].end - t->all[a].start);
}

/* "Sergei Lavrov, the foreign minister," names a role behind the name. */
static void role_behind(const struct quote_text *t, size_t i,
                        struct mention *m)
{
    size_t from = i + 1, last = 0;

    if (i + 2 >= t->all_count || t->all[i].kind != QT_COMMA)
        return;
    for (size_t k = from; k < t->all_count && k < from + 8; k++) {
        const struct quote_token *w = &t->all[k];

        if (w->kind == QT_COMMA || w->flags & (QW_PREP | QW_CONJ | QW_WHO))
            break;
        if (w->kind != QT_WORD || w->flags & (QW_SAY | QW_AUX | QW_BE))
            return;
        if (w->flags & (QW_TITLE | QW_ROLE))
            last = k;
    }
    if (!last)
        return;
    if (t->all[from].flags & QW_DET && from < last)
        from++;
    m->role = span(t, from, last + 1);
    m->head = hash_lower(span(t, last, last + 1));
}

static bool is_subject(const struct quote_text *t, size_t a, size_t b)
{
    const struct quote_token *before = a ? &t->all[a - 1] : NULL;
    size_t next = b + (b < t->all_count && t->all[b].kind == QT_COMMA);
    const struct quote_token *w = &t->all[next];

    if (!before || before->kind == QT_STOP || before->kind == QT_MARK ||
        (before->kind == QT_WORD && before->flags & QW_SAY))
        return true;
    if (next >= t->all_count || w->kind != QT_WORD)
        return false;
    return w->flags & (QW_SAY | QW_CUE | QW_AUX | QW_BE) ||
           (w->end - w->start > 3 && t->text.data[w->end - 1] == 'd' &&
            t->text.data[w->end - 2] == 'e');
}

/* Tokens [a, b) are capital words: titles, and behind them a name. */
static void note(struct speakers *s, const struct quote_text *t, size_t a,
                 size_t b, bool quoted, enum quotation_where where)
{
    struct mention m = { .quoted = quoted };
    size_t from = phrase_trim_name(t->all, a, b), last = b - 1;
    const struct quote_token *w = t->all;

    if (from >= b || b - from > NAME_WORDS + 2)
        return;
    while (last > from && w[last].flags & QW_ABBREV)
        last--;                                     /* Jr. */
    m.name = span(t, from, b);
    m.key = hash_lower(span(t, last, last + 1));
    m.first = hash_lower(span(t, from, from + 1));
    m.form = hash_lower(m.name);
    m.words = (uint8_t)(last + 1 - from);
    m.known = w[from].flags & (QW_MALE | QW_FEMALE);
    m.organisation = w[last].flags & QW_ORG;
    m.owner = w[b - 1].shape & SHAPE_OWNER;
    m.at = (uint64_t)where << 32 | w[a].start;
    m.subject = is_subject(t, a, b);
    for (size_t i = a; i <= from && i < b; i++) {
        uint32_t sex = i < from && !(w[i].flags & QW_TITLE) ? 0 : w[i].flags;

        m.gender |= sex & QW_MALE ? QW_HE : 0;
        m.gender |= sex & QW_FEMALE ? QW_SHE : 0;
    }
    if (m.gender == (QW_HE | QW_SHE))
        m.gender = 0;
    if (from > a && !(w[from - 1].flags & QW_ABBREV)) {
        m.role = span(t, a, from);
        m.head = hash_lower(span(t, from - 1, from));
    } else {
        role_behind(t, b, &m);
    }
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : 256;
        s->items = must_realloc(s->items, s->room * sizeof(*s->items));
    }
    s->items[s->count++] = m;
}

void speakers_read(struct speakers *s, const struct quote_text *t,
                   enum quotation_where where)
{
    size_t q = 0, end;

    for (size_t i = 0; i < t->all_count; i = end) {
        end = i + 1;
        if (!starts_name(&t->all[i]) || s->count >= MENTIONS_MOST)
            continue;
        end = run_end(t, i);
        while (q < t->seq_count && t->seq[q].end <= t->all[i].start)
            q++;
        note(s, t, i, end, q < t->seq_count && t->seq[q].kind == QT_QUOTE &&
             t->seq[q].start < t->all[i].start, where);
    }
}

/* --- Persons --- */

/* One full form of a name, and how it was met. */
struct form {
    const struct mention *mention;
    uint32_t count, gender;
    struct form *next;          /* another of the same last word */
};

struct persons {
    struct form **slots;        /* by the last word */
    size_t mask;
};

static struct form **slot(const struct persons *p, uint64_t key)
{
    size_t at = (key ^ key >> 29) & p->mask;

    while (p->slots[at] && p->slots[at]->mention->key != key)
        at = (at + 1) & p->mask;
    return &p->slots[at];
}

static void collect(struct persons *p, const struct speakers *s,
                    struct arena *arena)
{
    size_t room = 16;

    while (room < s->count * 2)
        room *= 2;
    p->slots = arena_calloc(arena, room, sizeof(*p->slots));
    p->mask = room - 1;
    for (size_t i = 0; i < s->count; i++) {
        const struct mention *m = &s->items[i];
        struct form **head = slot(p, m->key), *f = *head;
        unsigned tries = 0;

        if (m->words < 2 || m->organisation)
            continue;
        while (f && f->mention->form != m->form && tries++ < 16)
            f = f->next;
        if (!f) {
            f = arena_calloc(arena, 1, sizeof(*f));
            f->mention = m;
            f->next = *head;
            *head = f;
        }
        f->count++;
        f->gender |= m->gender;
    }
}

static bool better(const struct form *a, const struct form *b)
{
    if (!b)
        return true;
    if (a->mention->known != b->mention->known)
        return a->mention->known;
    if (a->count != b->count)
        return a->count > b->count;
    return a->mention->name.len > b->mention->name.len;
}

/* The fullest form with this last word and, where known, this sex and first
 * word (0: any); `several` when there are other first names. */
static const struct form *best_form(const struct persons *p, uint64_t key,
                                    uint32_t gender, uint64_t first,
                                    bool *several)
{
    const struct form *best = NULL;

    for (const struct form *f = *slot(p, key); f; f = f->next) {
        if ((gender && f->gender && !(f->gender & gender)) ||
            (first && f->mention->first != first))
            continue;
        if (several && best && f->mention->first != best->mention->first)
            *several = true;
        if (better(f, best))
            best = f;
    }
    return best;
}

/* --- Speakers --- */

struct resolving {
    const struct speakers *s;
    const struct persons *persons;
    const struct quote_words *words;
    const struct bytes *fields;
    struct bytes last;              /* the last named speaker */
    uint64_t last_key, last_at;
    uint32_t last_gender;
    bool several;
};

static bool fits(uint32_t gender, uint32_t wanted)
{
    return !gender || gender & wanted;
}

static uint32_t gender_of(const struct resolving *r, const struct mention *m)
{
    const struct form *f = best_form(r->persons, m->key, m->gender,
                                     m->words > 1 ? m->first : 0, NULL);

    return m->gender ? m->gender : f ? f->gender : 0;
}

static struct bytes full_name(const struct resolving *r,
                              const struct mention *m)
{
    const struct form *f = best_form(r->persons, m->key, m->gender,
                                     m->words > 1 ? m->first : 0, NULL);

    return f ? f->mention->name : m->name;
}

/* The number of mentions before `at`. */
static size_t before(const struct resolving *r, uint64_t at)
{
    size_t low = 0, high = r->s->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (r->s->items[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The latest mention before `at` that could be meant, or NULL. */
static const struct mention *latest(const struct resolving *r, uint64_t at,
                                    uint32_t gender, uint64_t reach,
                                    bool subject)
{
    for (size_t i = before(r, at); i-- > 0;) {
        const struct mention *m = &r->s->items[i];

        if (at - m->at > reach)
            break;
        if (m->quoted || m->owner || m->organisation ||
            (subject && !m->subject))
            continue;
        if (m->words < 2 && !*slot(r->persons, m->key) && !m->gender)
            continue;
        if (fits(gender_of(r, m), gender))
            return m;
    }
    return NULL;
}

/* Whether a paragraph ends between two places of one field. */
static bool parted(const struct resolving *r, uint64_t from, uint64_t to)
{
    struct bytes text = r->fields[to >> 32];

    return from >> 32 == to >> 32 && memchr(text.data + (uint32_t)from, '\n',
                                            (uint32_t)to - (uint32_t)from);
}

static void pronoun(struct resolving *r, struct quote_draft *d, uint64_t at)
{
    uint32_t gender = d->flags & (QW_HE | QW_SHE);
    const struct mention *m = latest(r, at, gender, FAR, true);
    bool keeps = r->last.len && fits(r->last_gender, gender);

    if (m && m->at > r->last_at && parted(r, r->last_at, m->at) &&
        !parted(r, m->at, at))
        keeps = false;          /* this paragraph is about another */
    if (keeps && (!m || m->at <= r->last_at + 5 || at - r->last_at < NEAR)) {
        d->name = r->last;
        d->confidence *= at - r->last_at < NEAR ? 0.8f : 0.7f;
        if (!r->last_gender)
            r->last_gender = gender;
        r->last_at = at;
        return;
    }
    if (!m) {
        m = latest(r, at, gender, UINT64_MAX, false);
        d->confidence *= 0.7f;
    }
    if (!m)
        return;
    d->name = full_name(r, m);
    d->confidence *= 0.75f;
    r->last = d->name;
    r->last_key = m->key;
    r->last_at = at;
    r->last_gender = gender;
}

/* Where the words of the name begin and end: its first and its last. */
static struct bytes last_word(struct bytes name, struct bytes *first)
{
    size_t i = name.len, from;

    while (i && name.data[i - 1] == ' ')
        i--;
    from = i;
    while (from && name.data[from - 1] != ' ')
        from--;
    if (first) {
        size_t end = 0;

        while (end < i && name.data[end] != ' ')
            end++;
        *first = bytes_part(name, 0, end);
    }
    return bytes_part(name, from, i - from);
}

static bool is_suffix(struct bytes word)
{
    static const char *const suffixes[] = { "Jr", "Jr.", "Sr", "Sr.", "II",
                                            "III" };

    for (unsigned i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
        if (bytes_equal(word, bytes_str(suffixes[i])))
            return true;
    return false;
}

static void named(struct resolving *r, struct quote_draft *d, uint64_t at)
{
    struct bytes first, last, all = bytes_part(r->fields[d->where],
                           d->name_start, d->name_end - d->name_start);
    const struct quote_entry *e;
    const struct form *f;
    uint64_t key;

    last = last_word(all, &first);
    if (is_suffix(last) && last.data > all.data)
        last = last_word(bytes_part(all, 0, (size_t)(last.data - all.data)),
                         NULL);
    key = hash_lower(last);
    e = quote_words_find(r->words, key);
    f = best_form(r->persons, key, d->flags & (QW_HE | QW_SHE),
                  first.len < all.len ? hash_lower(first) : 0, &r->several);
    d->name = f ? f->mention->name : all;
    if (first.len == all.len && r->several)
        d->confidence *= 0.9f;
    r->several = false;
    if (e && e->flags & QW_ORG)
        return;
    r->last = d->name;
    r->last_key = key;
    r->last_at = at;
    r->last_gender = f ? f->gender : 0;
}

/* "the minister": who was called so last. */
static void role(struct resolving *r, struct quote_draft *d, uint64_t at)
{
    struct bytes phrase = bytes_part(r->fields[d->where], d->speaker_start,
                                     d->speaker_end - d->speaker_start);
    uint64_t head = hash_lower(last_word(phrase, NULL));

    if (d->flags & QW_DET && !(d->flags & QW_HIS))
        for (size_t i = before(r, at); i-- > 0;) {
            const struct mention *m = &r->s->items[i];

            if (!m->head || m->head != head || m->organisation)
                continue;
            d->name = full_name(r, m);
            d->confidence *= 0.8f;
            r->last = d->name;
            r->last_key = m->key;
            r->last_at = at;
            r->last_gender = gender_of(r, m);
            return;
        }
}

static void who(struct resolving *r, struct quote_draft *d, uint64_t at)
{
    size_t i = before(r, at);

    while (i-- > 0 && at - r->s->items[i].at < WHO_NEAR) {
        if (r->s->items[i].quoted)
            continue;
        d->name = full_name(r, &r->s->items[i]);
        d->confidence *= 0.8f;
        return;
    }
}

/* The role that the article gives the name, wherever it does. */
static void find_role(const struct resolving *r, struct quote_draft *d)
{
    uint64_t form = hash_lower(d->name), key = hash_lower(last_word(d->name,
                                                                    NULL));

    for (size_t i = 0; i < r->s->count && !d->role.len; i++) {
        const struct mention *m = &r->s->items[i];

        if (m->key == key && m->role.len && m->role.len <= ROLE_BYTES &&
            (m->words == 1 || m->form == form))
            d->role = m->role;
    }
}

static uint64_t order_of(const struct quote_draft *d)
{
    return (uint64_t)d->where << 32 | (d->speaker_end > d->speaker_start
                                       ? d->speaker_start : d->start);
}

static int by_order(const void *a, const void *b)
{
    const struct quote_draft *x = *(struct quote_draft *const *)a;
    const struct quote_draft *y = *(struct quote_draft *const *)b;
    uint64_t p = order_of(x), q = order_of(y);

    if (p == q)
        return (x > y) - (x < y);
    return p < q ? -1 : 1;
}

void speakers_resolve(struct speakers *s, struct quote_drafts *drafts,
                      const struct quote_words *words,
                      const struct bytes *fields, struct arena *arena)
{
    struct persons persons;
    struct resolving r = { .s = s, .persons = &persons, .words = words,
                           .fields = fields };
    struct quote_draft **order = arena_alloc(arena, drafts->count *
                                             sizeof(*order) + 1);

    collect(&persons, s, arena);
    for (size_t i = 0; i < drafts->count; i++)
        order[i] = &drafts->items[i];
    qsort(order, drafts->count, sizeof(*order), by_order);
    for (size_t i = 0; i < drafts->count; i++) {
        struct quote_draft *d = order[i];
        uint64_t at = order_of(d);

        if (d->speaker_kind == SPEAKER_PRONOUN && d->flags & QW_WHO)
            who(&r, d, at);
        else if (d->speaker_kind == SPEAKER_PRONOUN &&
                 d->flags & (QW_HE | QW_SHE))
            pronoun(&r, d, at);
        else if (d->name_end > d->name_start)
            named(&r, d, at);
        else if (d->speaker_kind == SPEAKER_ROLE)
            role(&r, d, at);
        if (d->name.len)
            find_role(&r, d);
    }
}
