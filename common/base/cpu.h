/* cpu.h -- which vector instructions may be used.
 */
#ifndef LEDE_BASE_CPU_H
#define LEDE_BASE_CPU_H

enum cpu_level { CPU_SCALAR, CPU_AVX2, CPU_AVX512 };

/* What this processor has, found out once; no more than LEDE_CPU=scalar,
 * avx2 or avx512 in the environment asks for. */
enum cpu_level cpu_level(void);

#endif
