/* help.h -- what -h and --help print.
 */
#ifndef LEDE_HELP_H
#define LEDE_HELP_H

/* Examples first, at most 40 lines. */
extern const char HELP_SHORT[];

/* All options and the query language. */
extern const char HELP_LONG[];

#endif
