/* peer_xapian.cc -- the same articles and queries through Xapian.
 *
 *   peer_xapian index DATABASE FILE.jsonl
 *       -> articles TAB text bytes TAB seconds TAB peak KB
 *   peer_xapian ask DATABASE QUERIES
 *       -> queries TAB average us TAB hits
 *
 * Title and body are indexed with positions and the English stemmer, both
 * forms of a word as Xapian does by default, and stored as the data.
 */
#include <iostream>
#include <string>

#include <xapian.h>

#include "tests/bench/peers/articles.h"

static int index_all(const char *path, const char *input)
{
    double start = articles_clock();
    Xapian::WritableDatabase database(path, Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator generator;
    struct articles a;

    if (!articles_open(&a, input))
        return 5;
    generator.set_stemmer(Xapian::Stem("en"));
    while (articles_next(&a)) {
        Xapian::Document document;

        generator.set_document(document);
        generator.index_text(a.title);
        generator.increase_termpos();
        generator.index_text(a.body);
        document.set_data(std::string(a.title) + "\n" + a.body);
        document.add_value(0, a.id);
        database.add_document(document);
    }
    database.commit();
    database.close();
    printf("%lu\t%lu\t%.3f\t%ld\n", a.count, a.text, articles_clock() - start,
           articles_peak());
    articles_close(&a);
    return 0;
}

struct asker {
    Xapian::Database database;
    Xapian::QueryParser parser;
};

static long ask(void *engine, const char *text)
{
    asker *a = static_cast<asker *>(engine);
    Xapian::Enquire enquire(a->database);

    enquire.set_query(a->parser.parse_query(text, 0));
    return (long)enquire.get_mset(0, 10).size();
}

static int ask_all(const char *path, const char *queries)
{
    asker a = { Xapian::Database(path), Xapian::QueryParser() };

    a.parser.set_database(a.database);
    a.parser.set_stemmer(Xapian::Stem("en"));
    a.parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    a.parser.set_default_op(Xapian::Query::OP_OR);
    return articles_ask(queries, ask, &a);
}

int main(int argc, char **argv)
{
    try {
        if (argc == 4 && std::string(argv[1]) == "index")
            return index_all(argv[2], argv[3]);
        if (argc == 4 && std::string(argv[1]) == "ask")
            return ask_all(argv[2], argv[3]);
    } catch (const Xapian::Error &e) {
        std::cerr << e.get_description() << "\n";
        return 5;
    }
    std::cerr << "usage: peer_xapian index|ask DATABASE FILE\n";
    return 2;
}
