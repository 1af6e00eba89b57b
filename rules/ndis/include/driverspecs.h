/* The __drv_ annotations of the Windows 7 kit, defined away. */
#ifndef DRVLINT_DRIVERSPECS_H
#define DRVLINT_DRIVERSPECS_H

#include "kernelspecs.h"

#define __drv_in(a)
#define __drv_out(a)
#define __drv_inout(a)
#define __drv_deref(a)
#define __drv_in_deref(a)
#define __drv_out_deref(a)
#define __drv_inout_deref(a)
#define __drv_ret(a)
#define __drv_fun(a)
#define __drv_when(c, a)
#define __drv_at(e, a)
#define __drv_maxIRQL(irql)
#define __drv_minIRQL(irql)
#define __drv_requiresIRQL(irql)
#define __drv_setsIRQL(irql)
#define __drv_raisesIRQL(irql)
#define __drv_sameIRQL
#define __drv_savesIRQL
#define __drv_restoresIRQL
#define __drv_savesIRQLGlobal(k, p)
#define __drv_restoresIRQLGlobal(k, p)
#define __drv_minFunctionIRQL(irql)
#define __drv_maxFunctionIRQL(irql)
#define __drv_isCancelIRQL
#define __drv_useCancelIRQL
#define __drv_clearDoInit
#define __drv_dispatchType(kind)
#define __drv_dispatchType_other
#define __drv_allocatesMem(kind)
#define __drv_freesMem(kind)
#define __drv_aliasesMem
#define __drv_functionClass(x)
#define __drv_interlocked
#define __drv_mustHold(kind)
#define __drv_neverHold(kind)
#define __drv_mustHoldGlobal(k, p)
#define __drv_neverHoldGlobal(k, p)
#define __drv_acquiresResource(kind)
#define __drv_releasesResource(kind)
#define __drv_acquiresResourceGlobal(k, p)
#define __drv_releasesResourceGlobal(k, p)
#define __drv_acquiresExclusiveResource(kind)
#define __drv_releasesExclusiveResource(kind)
#define __drv_acquiresExclusiveResourceGlobal(k, p)
#define __drv_releasesExclusiveResourceGlobal(k, p)
#define __drv_acquiresCriticalRegion
#define __drv_releasesCriticalRegion
#define __drv_mustHoldCriticalRegion
#define __drv_neverHoldCriticalRegion
#define __drv_acquiresCancelSpinLock
#define __drv_releasesCancelSpinLock
#define __drv_mustHoldCancelSpinLock
#define __drv_neverHoldCancelSpinLock
#define __drv_acquiresPriorityRegion
#define __drv_releasesPriorityRegion
#define __drv_mustHoldPriorityRegion
#define __drv_neverHoldPriorityRegion
#define __drv_holdsCancelSpinLock()
#define __drv_nonConstant
#define __drv_constant
#define __drv_valueIs(v)
#define __drv_inTry
#define __drv_notInTry
#define __drv_mustHoldSpinLock
#define __drv_preferredFunction(f, why)
#define __drv_reportError(why)
#define __drv_isObjectPointer
#define __drv_notPointer
#define __drv_strictType(t, m)
#define __drv_strictTypeMatch(m)
#define __drv_formatString(k)
#define __drv_defaultFunctionMode
#define __drv_declspec(x)
#define __drv_nop(x)
#define __drv_unit(p)
#define __drv_arg(e, a)
#define __drv_arg_out(e)
#define __drv_dispatch(k, m)
#define __drv_ownsDevice
#define __drv_Mode_impl(x)
#define __drv_typeConst
#define __drv_typeCond
#define __drv_typeBitset
#define __drv_typeExpr
#define __drv_completionType(kinds)
#define __drv_callbackType(kinds)
#define __drv_enum_is_bitflag
#define __drv_floatUsed
#define __drv_floatSaved
#define __drv_floatRestored
#define __drv_KMDF
#define __drv_WDM
#define __drv_pre(a)
#define __drv_post(a)
#define __drv_innerAcquiresGlobal(k, p)
#define __drv_acquires
#define __drv_typeOf(t)
#define __drv_compatible(x)

#endif
