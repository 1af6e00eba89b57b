// Includes as Windows finds them: any case, backslashes, generated files that are not there.
#include <NDIS_Sample.H>
#include "..\\INC\\Hw.h"
#include "..\inc\Deep\Regs.H"
#include "main.tmh"
#include "Generated_Messages.h"
#define OTHER_HEADER "Other.h"
#include OTHER_HEADER
#ifdef NEVER
#include "never.h"
#endif
#include "once.h"

MINIPORT_HALT SampleHalt;

VOID SampleHalt(NDIS_HANDLE Context, int Action)
{
    TraceEvents(TRACE_LEVEL_INFORMATION, DBG_PNP, "halt %p", Context);
    DEBUGP(HW_TRACE, "told on the command line of WPP: %d", Action);
    DoTraceMessage(DBG_PNP, "halt %p", Context);
    if (HwRead(Action) == REGS_MAGIC + OTHER) {
        WPP_CLEANUP(Context);
    }
}
