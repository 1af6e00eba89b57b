#pragma once
#include <ndis.h>
typedef struct _QP
{
    NDIS_HANDLE Nic;
    NDIS_HANDLE Intr;
    NDIS_SPIN_LOCK Lock;
    PNDIS_OID_REQUEST Current;
    ULONG IsrCount, Filter;
} QP;
MINIPORT_OID_REQUEST QpOidRequest;
MINIPORT_CANCEL_OID_REQUEST QpCancelOid;
MINIPORT_ISR QpIsr;
MINIPORT_INTERRUPT_DPC QpDpc;
