/* quote_words_tables.h -- the tables of the languages, a file each. */
#ifndef LEDE_ENRICH_QUOTE_WORDS_TABLES_H
#define LEDE_ENRICH_QUOTE_WORDS_TABLES_H

#include "indexer/enrich/quote_words.h"

extern const struct quote_group quote_words_en[], quote_words_de[],
    quote_words_fr[], quote_words_es[], quote_words_it[], quote_words_pt[],
    quote_words_nl[], quote_words_ru[], quote_words_cs[];
extern const char *const quote_title_ends_de[];

#endif
