/* cpu.c -- which vector instructions may be used.
 *
 * The scalar code is complete everywhere; a level says what may stand in for
 * it.  AVX-512 means what the kernels use of it: F, BW, DQ, VL, VBMI2 and
 * VPOPCNTDQ, which come together from Ice Lake and Zen 4 on.
 */
#include "common/base/cpu.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
static enum cpu_level found(void)
{
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512vbmi2")
        && __builtin_cpu_supports("avx512vpopcntdq"))
        return CPU_AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")
        && __builtin_cpu_supports("popcnt"))
        return CPU_AVX2;
    return CPU_SCALAR;
}
#else
static enum cpu_level found(void)
{
    return CPU_SCALAR;
}
#endif

static enum cpu_level asked(void)
{
    const char *name = getenv("LEDE_CPU");

    if (name && strcmp(name, "scalar") == 0)
        return CPU_SCALAR;
    return name && strcmp(name, "avx2") == 0 ? CPU_AVX2 : CPU_AVX512;
}

enum cpu_level cpu_level(void)
{
    static int known = -1;
    int level = __atomic_load_n(&known, __ATOMIC_RELAXED);

    if (level < 0) {
        enum cpu_level most = found(), least = asked();

        level = (int)(least < most ? least : most);
        __atomic_store_n(&known, level, __ATOMIC_RELAXED);
    }
    return (enum cpu_level)level;
}
