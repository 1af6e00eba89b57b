/* The few compiler intrinsics that drivers call by name. */
#ifndef DRVLINT_INTRIN_H
#define DRVLINT_INTRIN_H

#include "stdlib.h"

#ifdef __cplusplus
extern "C" {
#endif

void __debugbreak(void);
__declspec(noreturn) void __fastfail(unsigned int code);
void *_ReturnAddress(void);
void *_AddressOfReturnAddress(void);
void _ReadWriteBarrier(void);
void _ReadBarrier(void);
void _WriteBarrier(void);
void _mm_lfence(void);
void _mm_mfence(void);
void _mm_sfence(void);
void _mm_pause(void);
void __cpuid(int *info, int leaf);
void __cpuidex(int *info, int leaf, int subleaf);
unsigned long long __rdtsc(void);
unsigned long long __readmsr(unsigned long number);
void __writemsr(unsigned long number, unsigned long long value);
unsigned char _BitScanForward(unsigned long *index, unsigned long mask);
unsigned char _BitScanReverse(unsigned long *index, unsigned long mask);
#ifdef _WIN64
unsigned char _BitScanForward64(unsigned long *index, unsigned long long mask);
unsigned char _BitScanReverse64(unsigned long *index, unsigned long long mask);
#endif
void _disable(void);
void _enable(void);

#ifdef __cplusplus
}
#endif

#endif
