/* attachment.c -- what an index keeps beside its segments.
 *
 *   manifest-7 --names--> att-0000000000000005-<id>   kind 1, rejects
 *              --names--> att-0000000000000007-<id>   kind 2, files
 *
 * What is in the body is the business of those who put it there; here it is
 * only carried, in the frame that every file of the index has.
 */
#include "common/index/attachment.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/index/sealed.h"
#include "common/index/segment.h"

char *attachment_path(const char *dir, const struct attachment_info *info)
{
    char name[48];

    snprintf(name, sizeof(name), "att-%016llx-%016llx",
             (unsigned long long)info->generation,
             (unsigned long long)info->id);
    return path_join(dir, name);
}

enum status attachment_save(struct attachment_info *info, const char *dir,
                            uint64_t uuid, uint64_t generation,
                            enum attachment_kind kind, struct bytes body,
                            struct error *err)
{
    struct sealed_writer w;
    enum status code;
    char *path;

    *info = (struct attachment_info){ (uint32_t)kind, generation,
                                      segment_random_id(), 0 };
    path = attachment_path(dir, info);
    sealed_create(&w, path, KIND_ATTACHMENT, uuid, info->id);
    sealed_put(&w, body.data, body.len);
    code = sealed_finish(&w, &info->size, err);
    free(path);
    return code;
}

static enum status take(struct buffer *body, struct sealed *file,
                        uint64_t uuid, const struct attachment_info *info,
                        struct error *err)
{
    struct bytes bytes;

    if (file->owner != info->id || file->uuid != uuid)
        return error_set(err, ERR_CORRUPT, "%s: damaged: it belongs to "
                         "another index or attachment", file->path);
    if (file->end == FORMAT_HEADER)
        return OK;
    bytes = sealed_at(file, FORMAT_HEADER, file->end - FORMAT_HEADER);
    if (!bytes.data)
        return error_set(err, ERR_CORRUPT, "%s", file->damage.message);
    buffer_put_bytes(body, bytes);
    return OK;
}

enum status attachment_load(struct buffer *body, const char *dir,
                            uint64_t uuid,
                            const struct attachment_info *info,
                            struct error *err)
{
    char *path = attachment_path(dir, info);
    struct sealed file;
    enum status code = sealed_open(&file, path, KIND_ATTACHMENT, info->size,
                                   err);

    if (code == OK) {
        code = take(body, &file, uuid, info, err);
        /* Where there is no body, nothing has checked the header. */
        if (code == OK)
            code = sealed_verify(&file, err);
        sealed_close(&file);
    }
    free(path);
    return code;
}
