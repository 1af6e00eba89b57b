// begin_wpp config
// FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);
// end_wpp
#ifndef HW_H
#define HW_H
#include "deep/regs.h"
static __inline int HwRead(int Register)
{
    return Register > REGS_LAST ? 0 : Register;
}
#endif
