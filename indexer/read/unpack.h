/* unpack.h -- the bytes of an input, unpacked where they are compressed.
 *
 *   file, pipe -> [gzip | bzip2 | xz | zstd | as it is] -> bytes
 *
 * What the content begins with tells the kind, never the name.  One layer is
 * opened; it is streamed, so that memory does not grow with the input.
 */
#ifndef LEDE_READ_UNPACK_H
#define LEDE_READ_UNPACK_H

#include "common/base/buffer.h"
#include "common/base/error.h"

struct unpack;

/* Reads from `fd`, which stays the caller's; `path` is for messages and is
 * borrowed. */
struct unpack *unpack_new(int fd, const char *path);

/* Fills up to `room` bytes; *got is 0 at the end.  ERR_IO: the system
 * refused, and the input ends.  ERR_INPUT: it is damaged or cut here, as err
 * says with the byte of the file; what came before has been given.  ERR_LIMIT:
 * it swells more than 200 times over, as a bomb does, or it wants more memory
 * than is given to it.  After both the next call goes on at the next member
 * of a gzip file, else ends. */
enum status unpack_read(struct unpack *u, uint8_t *to, size_t room,
                        size_t *got, struct error *err);

/* Bytes taken from the file so far. */
uint64_t unpack_consumed(const struct unpack *u);

/* "gzip" and so on; NULL where the input is not compressed, or nothing was
 * read yet. */
const char *unpack_kind(const struct unpack *u);

/* Harmless for NULL. */
void unpack_free(struct unpack *u);

#endif
