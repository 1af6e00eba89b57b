/* Annotations about IRQL, locks and resources, defined away. */
#ifndef DRVLINT_KERNELSPECS_H
#define DRVLINT_KERNELSPECS_H

#include "sal.h"

#define _IRQL_requires_(irql)
#define _IRQL_requires_max_(irql)
#define _IRQL_requires_min_(irql)
#define _IRQL_requires_same_
#define _IRQL_raises_(irql)
#define _IRQL_saves_
#define _IRQL_saves_global_(kind, param)
#define _IRQL_restores_
#define _IRQL_restores_global_(kind, param)
#define _IRQL_is_cancel_
#define _IRQL_uses_cancel_
#define _IRQL_always_function_max_(irql)
#define _IRQL_always_function_min_(irql)
#define _Acquires_lock_(lock)
#define _Acquires_exclusive_lock_(lock)
#define _Acquires_shared_lock_(lock)
#define _Acquires_nonreentrant_lock_(lock)
#define _Acquires_spin_lock_(lock)
#define _Releases_lock_(lock)
#define _Releases_exclusive_lock_(lock)
#define _Releases_shared_lock_(lock)
#define _Releases_nonreentrant_lock_(lock)
#define _Releases_spin_lock_(lock)
#define _Requires_lock_held_(lock)
#define _Requires_lock_not_held_(lock)
#define _Requires_exclusive_lock_held_(lock)
#define _Requires_shared_lock_held_(lock)
#define _Requires_spin_lock_held_(lock)
#define _Requires_spin_lock_not_held_(lock)
#define _Requires_no_locks_held_
#define _Lock_level_order_(a, b)
#define _Post_same_lock_(a, b)
#define _Has_lock_kind_(kind)
#define _Has_lock_level_(level)
#define _Guarded_by_(lock)
#define _Write_guarded_by_(lock)
#define _Interlocked_
#define _Global_cancel_spin_lock_
#define _Global_critical_region_
#define _Global_priority_region_
#define _Global_interlock_
#define _Kernel_acquires_resource_(kind)
#define _Kernel_releases_resource_(kind)
#define _Kernel_requires_resource_held_(kind)
#define _Kernel_requires_resource_not_held_(kind)
#define _Kernel_clear_do_init_(yes)
#define _Kernel_float_restored_
#define _Kernel_float_saved_
#define _Kernel_float_used_
#define _Kernel_IoGetDmaAdapter_
#define _Kernel_entry_
#define _Kernel_entry_always_
#define _Dispatch_type_(kind)

#endif
