// begin_wpp config
// FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);
// end_wpp
#define WPP_CONTROL_GUIDS \
    WPP_DEFINE_CONTROL_GUID(Sample, (0, 0, 0, 0, 0), WPP_DEFINE_BIT(HW_TRACE))
#ifndef HW_H
#define HW_H
#include "deep/regs.h"
static __inline int HwRead(int Register)
{
    return Register > REGS_LAST ? 0 : Register;
}
#endif
