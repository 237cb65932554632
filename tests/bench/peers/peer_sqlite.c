/* peer_sqlite.c -- SQLite's FTS5 as one of the engines of the bench
 * (README.md here).
 *
 *   peer_sqlite index DIR DOCS       DOCS.txt, a document a line, optimised
 *   peer_sqlite raw DIR FILE.jsonl   title and body, English stems, stored
 *   peer_sqlite ask DIR              the protocol on standard input
 *
 * A table without content: positions and lengths, nothing stored; words by
 * unicode61 with accents kept.  One transaction, 256 MB of page cache.  FTS5
 * has BM25 of k1 1.2 and b 0.75 with another idf and the factor k1 + 1, and
 * its words beside each other are an AND; it has no required beside optional.
 */
#include <sqlite3.h>
#include <sys/stat.h>

#include "tests/bench/peers/articles.h"
#include "tests/bench/peers/protocol.h"

struct engine {
    sqlite3 *database;
    sqlite3_stmt *top, *count;
    char match[1 << 16];
};

static int run(sqlite3 *database, const char *sql)
{
    char *message = NULL;

    if (sqlite3_exec(database, sql, NULL, NULL, &message) == SQLITE_OK)
        return 1;
    fprintf(stderr, "%s: %s\n", sql, message);
    sqlite3_free(message);
    return 0;
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *made = NULL;

    if (sqlite3_prepare_v2(database, sql, -1, &made, NULL) != SQLITE_OK)
        fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(database));
    return made;
}

static int step(sqlite3_stmt *insert)
{
    int good = sqlite3_step(insert) == SQLITE_DONE;

    sqlite3_reset(insert);
    return good;
}

static int insert_lines(sqlite3 *database, const char *docs)
{
    sqlite3_stmt *insert =
        prepare(database, "INSERT INTO news(rowid, body) VALUES (?, ?)");
    char path[4096], *line = NULL;
    sqlite3_int64 row = 0;
    size_t room = 0;
    FILE *file;
    int good = 1;

    snprintf(path, sizeof(path), "%s.txt", docs);
    file = fopen(path, "r");
    while (insert && file && good && getline(&line, &room, file) > 0) {
        sqlite3_bind_int64(insert, 1, ++row);
        sqlite3_bind_text(insert, 2, line, -1, SQLITE_STATIC);
        good = step(insert);
    }
    sqlite3_finalize(insert);
    free(line);
    if (file)
        fclose(file);
    return good && file;
}

static int index_all(sqlite3 *database, const char *docs)
{
    return run(database, "CREATE VIRTUAL TABLE news USING fts5(body,"
                         " content = '', tokenize ="
                         " 'unicode61 remove_diacritics 0')")
        && run(database, "BEGIN") && insert_lines(database, docs)
        && run(database, "INSERT INTO news(news) VALUES ('optimize')")
        && run(database, "COMMIT") && run(database, "VACUUM");
}

static int index_raw(sqlite3 *database, const char *input)
{
    sqlite3_stmt *insert;
    struct articles a;
    int good = 1;

    if (!articles_open(&a, input) ||
        !run(database, "CREATE VIRTUAL TABLE news USING fts5(id UNINDEXED,"
                       " title, body, tokenize = 'porter unicode61')") ||
        !run(database, "BEGIN") ||
        !(insert = prepare(database, "INSERT INTO news VALUES (?, ?, ?)")))
        return 0;
    while (good && articles_next(&a)) {
        sqlite3_bind_text(insert, 1, a.id, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, a.title, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, a.body, -1, SQLITE_STATIC);
        good = step(insert);
    }
    sqlite3_finalize(insert);
    articles_close(&a);
    return good && run(database, "COMMIT");
}

/* Appends the words of one sign: "gas" OR "oil". */
static size_t put_words(struct engine *e, size_t len, const struct ask *ask,
                        char sign, const char *between)
{
    int first = 1;

    for (unsigned i = 0; i < ask->count; i++)
        if (ask->signs[i] == sign) {
            len += (size_t)snprintf(e->match + len, sizeof(e->match) - len,
                                    "%s\"%s\"", first ? "" : between,
                                    ask->words[i]);
            first = 0;
        }
    return len;
}

static const char *write_match(struct engine *e, const struct ask *ask)
{
    size_t len = 0;

    if (ask->form == ASK_PHRASE)
        put_words(e, 0, ask, 0, " + ");
    if (ask->form == ASK_ANY)
        put_words(e, 0, ask, 0, " OR ");
    if (ask->form == ASK_ALL)
        put_words(e, 0, ask, '+', " AND ");
    if (ask->form != ASK_SIGNED)
        return NULL;
    for (unsigned i = 0; i < ask->count; i++)
        if (!ask->signs[i])
            return "no required beside optional words";
    e->match[len++] = '(';
    len = put_words(e, len, ask, '+', " AND ");
    len += (size_t)snprintf(e->match + len, sizeof(e->match) - len,
                            ") NOT (");
    len = put_words(e, len, ask, '-', " OR ");
    snprintf(e->match + len, sizeof(e->match) - len, ")");
    return NULL;
}

static const char *answer(void *engine, const struct ask *ask,
                          struct found *found)
{
    struct engine *e = engine;
    const char *why = write_match(e, ask);

    if (why)
        return why;
    if (ask->total) {
        sqlite3_bind_text(e->count, 1, e->match, -1, SQLITE_STATIC);
        if (sqlite3_step(e->count) == SQLITE_ROW)
            found->total = (uint64_t)sqlite3_column_int64(e->count, 0);
        sqlite3_reset(e->count);
    }
    if (!ask->k)
        return NULL;
    sqlite3_bind_text(e->top, 1, e->match, -1, SQLITE_STATIC);
    sqlite3_bind_int64(e->top, 2, ask->k);
    while (sqlite3_step(e->top) == SQLITE_ROW) {
        found->docs[found->count] =
            (uint32_t)sqlite3_column_int64(e->top, 0) - 1;
        found->scores[found->count++] =
            (float)-sqlite3_column_double(e->top, 1);
    }
    sqlite3_reset(e->top);
    return NULL;
}

static uint32_t line_of(void *engine, uint32_t doc)
{
    (void)engine;
    return doc;
}

static int ask_all(struct engine *e)
{
    e->top = prepare(e->database, "SELECT rowid, rank FROM news WHERE news"
                                  " MATCH ? ORDER BY rank LIMIT ?");
    e->count = prepare(e->database,
                       "SELECT count(*) FROM news WHERE news MATCH ?");
    if (!e->top || !e->count)
        return 5;
    protocol_serve(e, answer, line_of);
    sqlite3_finalize(e->top);
    sqlite3_finalize(e->count);
    return 0;
}

int main(int argc, char **argv)
{
    static struct engine e;
    char path[4096];
    int rc = 2;

    if (argc < 3) {
        fputs("usage: peer_sqlite index|raw|ask DIR [FILE]\n", stderr);
        return 2;
    }
    mkdir(argv[2], 0777);
    snprintf(path, sizeof(path), "%s/news.db", argv[2]);
    if (sqlite3_open(path, &e.database) != SQLITE_OK ||
        !run(e.database, "PRAGMA cache_size = -262144"))
        return 5;
    if (argc == 4 && strcmp(argv[1], "index") == 0)
        rc = index_all(e.database, argv[3]) ? 0 : 5;
    else if (argc == 4 && strcmp(argv[1], "raw") == 0)
        rc = index_raw(e.database, argv[3]) ? 0 : 5;
    else if (strcmp(argv[1], "ask") == 0)
        rc = ask_all(&e);
    sqlite3_close(e.database);
    return rc;
}
