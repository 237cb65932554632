/* peer_sqlite.c -- the same articles and queries through SQLite's FTS5.
 *
 *   peer_sqlite index DATABASE FILE.jsonl
 *       -> articles TAB text bytes TAB seconds TAB peak KB
 *   peer_sqlite ask DATABASE QUERIES
 *       -> queries TAB average us TAB hits
 *
 * One table with the porter tokenizer over unicode61, positions and stored
 * text; one transaction; 256 MB of page cache.
 */
#include <sqlite3.h>

#include "tests/bench/peers/articles.h"

static int run(sqlite3 *database, const char *sql)
{
    char *message = NULL;

    if (sqlite3_exec(database, sql, NULL, NULL, &message) == SQLITE_OK)
        return 1;
    fprintf(stderr, "%s: %s\n", sql, message);
    sqlite3_free(message);
    return 0;
}

static int insert_all(sqlite3 *database, struct articles *a)
{
    sqlite3_stmt *insert;
    int good = 1;

    if (sqlite3_prepare_v2(database, "INSERT INTO news VALUES (?, ?, ?)", -1,
                           &insert, NULL) != SQLITE_OK)
        return 0;
    while (good && articles_next(a)) {
        sqlite3_bind_text(insert, 1, a->id, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, a->title, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, a->body, -1, SQLITE_STATIC);
        good = sqlite3_step(insert) == SQLITE_DONE;
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    return good;
}

static int index_all(sqlite3 *database, const char *input)
{
    double start = articles_clock();
    struct articles a;

    if (!articles_open(&a, input))
        return 5;
    if (!run(database, "PRAGMA cache_size = -262144") ||
        !run(database, "CREATE VIRTUAL TABLE news USING fts5(id UNINDEXED,"
                       " title, body, tokenize = 'porter unicode61')") ||
        !run(database, "BEGIN") || !insert_all(database, &a) ||
        !run(database, "COMMIT")) {
        fprintf(stderr, "%s\n", sqlite3_errmsg(database));
        return 5;
    }
    printf("%lu\t%lu\t%.3f\t%ld\n", a.count, a.text, articles_clock() - start,
           articles_peak());
    articles_close(&a);
    return 0;
}

/* "gas pipeline" becomes: "gas" OR "pipeline". */
static void any_word(char *out, size_t room, const char *query)
{
    size_t len = 0;

    while (*query && len + 8 < room) {
        size_t word = strcspn(query, " ");

        if (len + word + 8 >= room)
            break;
        if (word)
            len += (size_t)snprintf(out + len, room - len, "%s\"%.*s\"",
                                    len ? " OR " : "", (int)word, query);
        query += word + (query[word] == ' ');
    }
    out[len] = '\0';
}

static long ask(void *engine, const char *query)
{
    sqlite3_stmt *select = engine;
    char match[4096];
    long hits = 0;

    any_word(match, sizeof(match), query);
    sqlite3_bind_text(select, 1, match, -1, SQLITE_STATIC);
    while (sqlite3_step(select) == SQLITE_ROW)
        hits++;
    sqlite3_reset(select);
    return hits;
}

static int ask_all(sqlite3 *database, const char *queries)
{
    sqlite3_stmt *select;
    int rc;

    run(database, "PRAGMA cache_size = -262144");
    if (sqlite3_prepare_v2(database,
                           "SELECT rowid FROM news WHERE news MATCH ?"
                           " ORDER BY rank LIMIT 10", -1, &select,
                           NULL) != SQLITE_OK) {
        fprintf(stderr, "%s\n", sqlite3_errmsg(database));
        return 5;
    }
    rc = articles_ask(queries, ask, select);
    sqlite3_finalize(select);
    return rc;
}

int main(int argc, char **argv)
{
    sqlite3 *database;
    int rc = 2;

    if (argc != 4) {
        fputs("usage: peer_sqlite index|ask DATABASE FILE\n", stderr);
        return 2;
    }
    if (sqlite3_open(argv[2], &database) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", argv[2], sqlite3_errmsg(database));
        return 5;
    }
    if (strcmp(argv[1], "index") == 0)
        rc = index_all(database, argv[3]);
    else if (strcmp(argv[1], "ask") == 0)
        rc = ask_all(database, argv[3]);
    sqlite3_close(database);
    return rc;
}
