/* test_damage.c -- a small index, each of its files spoilt in every way, and
 * both programs on what is left: the right answer or damage that is told,
 * never another answer, a crash or a report of a sanitizer.
 *
 * The index has three segments, deletions in the first one, a reject, a ledger
 * and two manifests that can be read; a twin of it, made of the same articles,
 * lends files to be swapped in.  Every question opens the index anew, so that
 * damage which one of them has met does not speak for the next.
 *
 *   plain    cut, longer, a byte flipped, zeros, gone, the twin's:
 *            the answer as it was, or ERR_CORRUPT; verify tells all of them
 *   mended   the same with all checksums right: any answer, but an answer
 *
 *   LEDE_SEED      of the choice; random and printed unless given
 *   LEDE_DAMAGES   how many of each sort; LEDE_TORTURE tries every byte
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

#include "common/index/manifest.h"
#include "tests/faults/programs.h"
#include "tests/naive/chance.h"
#include "tests/unit/damage.h"

enum { HANG = 20 };             /* seconds, of one damage */

static const char *const QUERIES[] = {
    "storm market", "\"pipeline border\"", "title:harbour",
    "source:wire bridge",
    "storm -market", "--any council museum verdict", "date:2024-01-05..2024-02",
    "lang:fr grève", "--sort date storm", "tag:energy AND (storm OR strike)"
};

enum { QUERY_COUNT = sizeof(QUERIES) / sizeof(*QUERIES) };

static struct {
    uint64_t seed;
    struct chance chance;
    unsigned articles;
    char *work, *index, *twin, *copy, *news, *more;
    char change[3][200];        /* what add and rm are told */
    struct outcome answers[QUERY_COUNT], stats, changed[3];
    struct tally tally[3];      /* after each of these changes */
    uint64_t asked, told;
} world;

/* The damage at hand. */
static struct {
    const char *kind, *file;
    size_t at;
    bool mended;
} damage;

/* --- Indexes ------------------------------------------------------------ */

/* The generation of an index and its tally; 0 where it cannot be read. */
static uint64_t generation_of(const char *dir, struct tally *tally)
{
    struct error err = ERROR_INIT;
    struct manifest m;
    enum status code = manifest_load(&m, dir, &err);

    *tally = m.tally;
    manifest_release(&m);
    return code == OK ? m.generation : 0;
}

static void remove_file(const char *path, const char *other)
{
    (void)other;
    damage_must(unlink(path) == 0);
}

static void copy_index(void)
{
    each_file(world.copy, world.copy, remove_file);
    each_file(world.index, world.copy, copy_file);
}

/* --- Judging ------------------------------------------------------------ */

static void refuse(const struct outcome *got, const char *what)
{
    print_message("LEDE_SEED=%#lx: %s, %s%s, byte %zu: %s: status %d: %.*s\n",
                  (unsigned long)world.seed, damage.file, damage.kind,
                  damage.mended ? ", mended" : "", damage.at, what, got->code,
                  (int)got->text.len, (const char *)got->text.data);
    fail();
}

/* What was asked came to this; without damage it is `want`. */
static void judge(struct outcome *got, const struct outcome *want,
                  const char *what)
{
    world.asked++;
    world.told += got->code == ERR_CORRUPT;
    if (got->code != ERR_CORRUPT &&
        (damage.mended ? got->code < 0 : !same_outcome(got, want)))
        refuse(got, what);
    buffer_release(&got->text);
}

static void judge_questions(void)
{
    struct outcome got;

    for (size_t i = 0; i < QUERY_COUNT; i++) {
        ask(&got, world.index, QUERIES[i]);
        judge(&got, &world.answers[i], QUERIES[i]);
    }
    run(&got, &command_stats, world.index, "");
    judge(&got, &world.stats, "stats");
}

/* Verify tells every damage that a checksum tells. */
static void judge_verify(void)
{
    struct outcome got;

    run(&got, &command_verify, world.index, "");
    if (got.code != ERR_CORRUPT && (!damage.mended || got.code < 0))
        refuse(&got, "verify");
    buffer_release(&got.text);
}

/* A change of a damaged index is the one it would be, or none. */
static void judge_change(unsigned n)
{
    const struct command *command = n ? &command_rm : &command_add;
    struct outcome got;
    struct tally tally;
    uint64_t before, after;

    copy_index();
    before = generation_of(world.copy, &tally);
    run(&got, command, world.copy, world.change[n]);
    after = generation_of(world.copy, &tally);
    if (got.code == ERR_CORRUPT ? before != after
        : !damage.mended &&
          memcmp(&tally, &world.tally[n], sizeof(tally)) != 0)
        refuse(&got, "not the change that it would be");
    judge(&got, &world.changed[n], world.change[n]);
}

static void judge_all(bool changes)
{
    alarm(HANG);
    judge_questions();
    judge_verify();
    for (unsigned n = 0; changes && n < 3; n++)
        judge_change(n);
    alarm(0);
}

/* --- Making ------------------------------------------------------------- */

static void put_article(FILE *f, unsigned i, unsigned edition)
{
    static const char *const words[] = {
        "harbour", "council", "minister", "storm", "market", "pipeline",
        "border", "museum", "bridge", "verdict", "strike", "energy"
    };

    fprintf(f, "{\"id\":\"a%u\",\"source\":\"%s\",\"lang\":\"%s\","
            "\"title\":\"Report %u on the %s\",\"tags\":[\"%s\"],"
            "\"authors\":[\"Ann Oyster\"],\"version\":%u,"
            "\"date\":\"2024-01-%02uT08:00:00Z\",\"body\":\"", i,
            i % 3 ? "Wire" : "Courier", i % 5 ? "en" : "fr", i,
            words[i % 12], words[i * 5 % 12], edition, i % 28 + 1);
    fputs(i % 4 ? "" : "Pipeline border, storm market. ", f);
    for (unsigned j = 0; j < 4 + i % 23; j++)
        fprintf(f, "%s%s", words[(i * 7 + j * j + edition + j) % 12],
                j % 9 == 8 ? ".  La grève. " : j % 13 == 12 ? "\\n\\n" : " ");
    fprintf(f, "\"}\n");
}

/* Every so-many-th article. */
static void write_news(const char *path, unsigned from, unsigned to,
                       unsigned step, unsigned edition)
{
    FILE *f = fopen(path, "w");

    damage_must(f != NULL);
    for (unsigned i = from; i < to; i += step)
        put_article(f, i, edition);
    fprintf(f, "{\"rejected\n");
    damage_must(fclose(f) == 0);
}

static void must_run(const struct command *command, const char *dir,
                     const char *arguments)
{
    struct outcome out;

    run(&out, command, dir, arguments);
    if (out.code != OK)
        fail_msg("%s %s: %.*s", command->name, arguments, (int)out.text.len,
                 (const char *)out.text.data);
    buffer_release(&out.text);
}

/* Three commits and a deletion. */
static void make_index(const char *dir)
{
    unsigned many = world.articles;

    char add[200];

    snprintf(add, sizeof(add), "--memory 32M %s", world.news);
    write_news(world.news, 0, many, 1, 1);
    must_run(&command_add, dir, add);
    must_run(&command_sync, dir, "--memory 32M corpus/lines/wirebox.jsonl");
    write_news(world.news, many - 5, many + 10, 1, 2);
    must_run(&command_add, dir, add);
    must_run(&command_rm, dir, "a7");
}

static void note_answers(void)
{
    for (size_t i = 0; i < QUERY_COUNT; i++) {
        ask(&world.answers[i], world.index, QUERIES[i]);
        if (world.answers[i].code != OK)
            fail_msg("%s: status %d", QUERIES[i], world.answers[i].code);
    }
    run(&world.stats, &command_stats, world.index, "");
    assert_int_equal(world.stats.code, OK);
    for (unsigned n = 0; n < 3; n++) {
        copy_index();
        run(&world.changed[n], n ? &command_rm : &command_add, world.copy,
            world.change[n]);
        assert_int_equal(world.changed[n].code, OK);
        assert_int_equal(generation_of(world.copy, &world.tally[n]), 5);
    }
}

static int world_make(unsigned articles)
{
    const char *given = getenv("LEDE_SEED");
    char folder[] = "/tmp/lede-damage-XXXXXX";
    char memory[] = "/dev/shm/lede-damage-XXXXXX";
    char *made = mkdtemp(access("/dev/shm", W_OK) == 0 ? memory : folder);

    damage_must(made != NULL);
    world.seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    world.chance.state = world.seed;
    world.articles = articles;
    print_message("LEDE_SEED=%#lx\n", (unsigned long)world.seed);
    world.work = path_join(made, "");
    world.index = path_join(made, "index");
    world.twin = path_join(made, "twin");
    world.copy = path_join(made, "copy");
    world.news = path_join(made, "news.jsonl");
    world.more = path_join(made, "more.jsonl");
    damage_must(mkdir(world.copy, 0755) == 0);
    make_index(world.index);
    make_index(world.twin);
    write_news(world.more, 0, articles + 40, articles / 60, 3);
    snprintf(world.change[0], 200, "--memory 32M %s", world.more);
    snprintf(world.change[1], 200, "--source Courier");
    snprintf(world.change[2], 200, "a8 a%u", world.articles);
    note_answers();
    return 0;
}

/* Every file is one block, which is checked when it is opened. */
static int small_world(void **state)
{
    (void)state;
    return world_make(140);
}

/* Files of many blocks, which are checked when they are touched. */
static int large_world(void **state)
{
    (void)state;
    return world_make(9000);
}

static int world_release(void **state)
{
    char command[200];

    (void)state;
    print_message("%lu answers, %lu of them damage\n",
                  (unsigned long)world.asked, (unsigned long)world.told);
    snprintf(command, sizeof(command), "rm -rf %s", world.work);
    for (size_t i = 0; i < QUERY_COUNT; i++)
        buffer_release(&world.answers[i].text);
    for (size_t i = 0; i < 3; i++)
        buffer_release(&world.changed[i].text);
    buffer_release(&world.stats.text);
    damage_must(system(command) == 0);
    for (char **path = &world.work; path <= &world.more; path++)
        free(*path);
    return 0;
}

/* --- Spoiling ----------------------------------------------------------- */

static bool is_deep(void)
{
    const char *deep = getenv("LEDE_TORTURE");

    return deep && *deep;
}

/* How many of each sort. */
static uint32_t damages(uint32_t few)
{
    const char *given = getenv("LEDE_DAMAGES");

    return given ? (uint32_t)strtoul(given, NULL, 10)
                 : is_deep() ? few * 20 : few;
}

/* A file of the index by chance, each equally often; not the lock. */
static char *any_file(void)
{
    char *found = NULL;
    uint32_t count = 0;
    struct dirent *item;
    DIR *stream = opendir(world.index);

    damage_must(stream != NULL);
    while ((item = readdir(stream)) != NULL) {
        if (item->d_name[0] == '.' || strcmp(item->d_name, "LOCK") == 0 ||
            chance_below(&world.chance, ++count) != 0)
            continue;
        free(found);
        found = path_join(world.index, item->d_name);
    }
    closedir(stream);
    return found;
}

static void spoil_byte(struct victim *v, size_t at, uint8_t with)
{
    damage.at = at;
    victim_restore(v);
    v->bad.data[at] ^= with;
}

static void flip_one(struct victim *v)
{
    damage.kind = "flipped";
    spoil_byte(v, chance_below(&world.chance, (uint32_t)v->good.len),
               (uint8_t)(1u << chance_below(&world.chance, 8)));
}

static void zero_some(struct victim *v)
{
    size_t len = chance_from(&world.chance, 1, 4096);
    uint8_t any = 0;

    damage.kind = "zeros";
    victim_restore(v);
    damage.at = chance_below(&world.chance, (uint32_t)v->good.len);
    if (len > v->good.len - damage.at)
        len = v->good.len - damage.at;
    for (size_t i = 0; i < len; i++)
        any |= v->good.data[damage.at + i];
    memset(v->bad.data + damage.at, 0, len);
    v->bad.data[damage.at] ^= any == 0;
}

/* Numbers that are edges, over what is there. */
static void write_edges(struct victim *v)
{
    static const uint8_t edges[] = { 0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff };
    uint32_t count = chance_from(&world.chance, 1, 9);

    damage.kind = "edges";
    victim_restore(v);
    damage.at = chance_below(&world.chance, (uint32_t)v->good.len - 9);
    for (uint32_t i = 0; i < count; i++)
        v->bad.data[damage.at + i] = edges[chance_below(&world.chance, 6)];
}

static void cut_or_longer(struct victim *v)
{
    size_t more = chance_from(&world.chance, 1, 4096);

    victim_restore(v);
    damage.kind = chance_of(&world.chance, 70) ? "cut" : "longer";
    if (damage.kind[0] == 'c') {
        v->bad.len = chance_below(&world.chance, (uint32_t)v->good.len);
    } else {
        memset(buffer_reserve(&v->bad, more), 0, more);
        v->bad.len += more;
    }
    damage.at = v->bad.len;
}

/* Spoils a file that is chosen by chance, in one way, and asks. */
static void spoil(void (*how)(struct victim *v), bool mended)
{
    char *path = any_file();
    struct victim v;

    victim_open(&v, path);
    damage.file = strrchr(path, '/') + 1;
    damage.mended = mended;
    how(&v);
    if (mended)
        victim_mend(&v);
    else
        victim_write(&v);
    /* What a change looks up is in the columns. */
    judge_all(strstr(path, ".columns") || chance_of(&world.chance, 10));
    victim_close(&v);
    free(path);
}

static void plain_damage_is_told(void **state)
{
    (void)state;
    for (uint32_t i = damages(60); i > 0; i--) {
        spoil(flip_one, false);
        spoil(cut_or_longer, false);
        spoil(zero_some, false);
    }
    assert_true(world.told > world.asked / 10);
}

static void mended_damage_is_survived(void **state)
{
    (void)state;
    for (uint32_t i = damages(60); i > 0; i--) {
        spoil(flip_one, true);
        spoil(write_edges, true);
        spoil(zero_some, true);
    }
}

/* --- Whole files -------------------------------------------------------- */

static bool is_newest_manifest(const char *path)
{
    return strstr(path, "manifest-0000000000000004") != NULL;
}

static bool is_old_manifest(const char *path)
{
    return strstr(path, "manifest-0000000000000003") != NULL;
}

/* Without its newest manifest an index is as of the one before, whole; and
 * nobody needs the lock's text or, for an answer, the manifest before. */
static void lose_file(const char *path, const char *other)
{
    (void)other;
    if (is_newest_manifest(path) || is_old_manifest(path) ||
        strstr(path, "/LOCK"))
        return;
    damage.kind = "gone";
    damage.file = strrchr(path, '/') + 1;
    damage.mended = false;
    damage_must(rename(path, world.news) == 0);
    judge_all(true);
    damage_must(rename(world.news, path) == 0);
}

/* The file of the twin that has the same part and place. */
static char *twin_of(const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    char *found = NULL;
    struct dirent *item;
    DIR *stream = opendir(world.twin);

    damage_must(stream != NULL);
    while ((item = readdir(stream)) != NULL) {
        if (strncmp(item->d_name, name, 20) != 0 ||
            strcmp(strrchr(item->d_name, '-') + 17,
                   strrchr(name, '-') + 17) != 0)
            continue;
        free(found);
        found = path_join(world.twin, item->d_name);
    }
    closedir(stream);
    return found;
}

static void swap_file(const char *path, const char *other)
{
    char *lent;

    (void)other;
    if (strstr(path, "/LOCK"))
        return;
    lent = twin_of(path);
    assert_non_null(lent);
    damage.kind = "the twin's";
    damage.file = strrchr(path, '/') + 1;
    damage.mended = false;
    damage_must(rename(path, world.news) == 0);
    copy_file(lent, path);
    judge_all(true);
    damage_must(rename(world.news, path) == 0);
    free(lent);
}

static void files_that_are_gone_are_told(void **state)
{
    (void)state;
    each_file(world.index, world.index, lose_file);
}

static void files_of_another_index_are_told(void **state)
{
    (void)state;
    each_file(world.index, world.index, swap_file);
}

/* Every byte, and every length. */
static void spoil_each(const char *path, const char *other)
{
    struct victim v;

    (void)other;
    if (strstr(path, "/LOCK"))
        return;
    victim_open(&v, path);
    damage.file = strrchr(path, '/') + 1;
    damage.mended = false;
    for (size_t at = 0; at < v.good.len; at++) {
        damage.kind = "flipped";
        spoil_byte(&v, at, (uint8_t)(1u << chance_below(&world.chance, 8)));
        victim_write(&v);
        judge_all(at % 16 == 0);
        damage.kind = "cut";
        victim_cut(&v, at);
        judge_all(false);
    }
    victim_close(&v);
}

static void every_byte_is_under_a_checksum(void **state)
{
    (void)state;
    if (!is_deep())
        skip();
    each_file(world.index, world.index, spoil_each);
}

int main(void)
{
    const struct CMUnitTest small[] = {
        cmocka_unit_test(files_that_are_gone_are_told),
        cmocka_unit_test(files_of_another_index_are_told),
        cmocka_unit_test(plain_damage_is_told),
        cmocka_unit_test(mended_damage_is_survived),
        cmocka_unit_test(every_byte_is_under_a_checksum),
    };
    const struct CMUnitTest large[] = {
        cmocka_unit_test(plain_damage_is_told),
        cmocka_unit_test(mended_damage_is_survived),
    };

    return cmocka_run_group_tests_name("small index", small, small_world,
                                       world_release) |
           cmocka_run_group_tests_name("large index", large, large_world,
                                       world_release);
}
