/* peer_xapian.cc -- Xapian as one of the engines of the bench (README.md).
 *
 *   peer_xapian index DIR DOCS       DOCS.txt, a document a line, compacted
 *   peer_xapian raw DIR FILE.jsonl   title and body, English stems, stored
 *   peer_xapian ask DIR              the protocol on standard input
 *
 * Words are cut at blanks, with positions, no data.  The total is asked for
 * by having every document checked.  Its BM25 has another idf and the factor
 * k1 + 1, and a phrase scores as the sum of its words.
 */
#include <fstream>
#include <iostream>
#include <string>

#include <xapian.h>

#include "tests/bench/peers/articles.h"
#include "tests/bench/peers/protocol.h"

static int index_all(const std::string &path, const std::string &input)
{
    std::string loose = path + ".loose", line;
    std::ifstream in(input + ".txt");

    {
        Xapian::WritableDatabase database(loose,
                                          Xapian::DB_CREATE_OR_OVERWRITE);

        while (std::getline(in, line)) {
            Xapian::Document document;
            Xapian::termpos position = 0;
            size_t at = 0;

            while (at < line.size()) {
                size_t end = std::min(line.find(' ', at), line.size());

                document.add_posting(line.substr(at, end - at), position++);
                at = end + 1;
            }
            database.add_document(document);
        }
        database.commit();
    }
    Xapian::Database(loose).compact(path, Xapian::DBCOMPACT_NO_RENUMBER);
    return system(("rm -rf '" + loose + "'").c_str()) != 0;
}

static int index_raw(const char *path, const char *input)
{
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
    articles_close(&a);
    return 0;
}

static Xapian::Query join(Xapian::Query::op op, const struct ask *ask,
                          char sign)
{
    std::string words[ASK_WORDS];
    unsigned count = 0;

    for (unsigned i = 0; i < ask->count; i++)
        if (ask->signs[i] == sign)
            words[count++] = ask->words[i];
    if (op == Xapian::Query::OP_PHRASE)
        return Xapian::Query(op, words, words + count, count);
    return Xapian::Query(op, words, words + count);
}

static Xapian::Query query_of(const struct ask *ask)
{
    if (ask->form == ASK_PHRASE)
        return join(Xapian::Query::OP_PHRASE, ask, 0);
    if (ask->form == ASK_ANY)
        return join(Xapian::Query::OP_OR, ask, 0);

    Xapian::Query query = join(Xapian::Query::OP_AND, ask, '+');
    Xapian::Query optional = join(Xapian::Query::OP_OR, ask, 0);
    Xapian::Query excluded = join(Xapian::Query::OP_OR, ask, '-');

    if (!optional.empty())
        query = Xapian::Query(Xapian::Query::OP_AND_MAYBE, query, optional);
    if (!excluded.empty())
        query = Xapian::Query(Xapian::Query::OP_AND_NOT, query, excluded);
    return query;
}

static const char *answer(void *engine, const struct ask *ask,
                          struct found *found)
{
    Xapian::Database &database = *static_cast<Xapian::Database *>(engine);
    Xapian::Enquire enquire(database);
    Xapian::MSet set;

    enquire.set_query(query_of(ask));
    enquire.set_weighting_scheme(ask->k
        ? static_cast<const Xapian::Weight &>(
              Xapian::BM25Weight(1.2, 0, 1, 0.75, 0))
        : static_cast<const Xapian::Weight &>(Xapian::BoolWeight()));
    set = enquire.get_mset(0, ask->k, ask->total ? database.get_doccount()
                                                 : 0);
    found->total = set.get_matches_estimated();
    for (auto i = set.begin(); i != set.end(); ++i) {
        found->docs[found->count] = *i - 1;
        found->scores[found->count++] = (float)i.get_weight();
    }
    return NULL;
}

static uint32_t line_of(void *, uint32_t doc)
{
    return doc;
}

int main(int argc, char **argv)
{
    std::string what = argc > 1 ? argv[1] : "";

    try {
        if (argc == 4 && what == "index")
            return index_all(argv[2], argv[3]);
        if (argc == 4 && what == "raw")
            return index_raw(argv[2], argv[3]);
        if (argc == 3 && what == "ask") {
            Xapian::Database database(argv[2]);

            return protocol_serve(&database, answer, line_of);
        }
    } catch (const Xapian::Error &e) {
        std::cerr << e.get_description() << "\n";
        return 5;
    }
    std::cerr << "usage: peer_xapian index|raw|ask DIR [FILE]\n";
    return 2;
}
