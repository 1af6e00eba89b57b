//
// The virtual miniports of an adapter, as objects.
//
#include "mux.h"

VOID
MuxReferenceVnic(
    PVNIC pVnic
    )
{
    NdisInterlockedIncrement(&pVnic->RefCount);
}

VOID
MuxDereferenceVnic(
    PVNIC pVnic
    )
{
    if (NdisInterlockedDecrement(&pVnic->RefCount) == 0)
    {
        PADAPT pAdapt = pVnic->pAdapt;

        NdisFreeSpinLock(&pVnic->Lock);
        NdisFreeMemory(pVnic, sizeof(VNIC), 0);
        MuxDereferenceAdapt(pAdapt);
    }
}

BOOLEAN
MuxEnterVnic(
    PVNIC   pVnic,
    BOOLEAN fData
    )
{
    BOOLEAN fEntered;

    NdisAcquireSpinLock(&pVnic->Lock);
    fEntered = fData ? (BOOLEAN)(pVnic->State == VnicRunning)
                     : (BOOLEAN)(pVnic->State != VnicHalted);
    if (fEntered)
    {
        pVnic->cBusy++;
    }
    NdisReleaseSpinLock(&pVnic->Lock);
    return fEntered;
}

//
// The last one to leave ends a pause, or lets a halt go on.
//
VOID
MuxLeaveVnic(
    PVNIC pVnic
    )
{
    BOOLEAN fPaused = FALSE;
    NDIS_HANDLE hMiniport = NULL;

    NdisAcquireSpinLock(&pVnic->Lock);
    if (--pVnic->cBusy == 0)
    {
        if (pVnic->State == VnicPausing)
        {
            pVnic->State = VnicPaused;
            hMiniport = pVnic->hMiniport;
            fPaused = TRUE;
        }
        else if (pVnic->State == VnicHalted)
        {
            NdisSetEvent(&pVnic->Idle);
        }
    }
    NdisReleaseSpinLock(&pVnic->Lock);

    if (fPaused)
    {
        NdisMPauseComplete(hMiniport);
    }
}

PVNIC
MuxFindVnic(
    PADAPT  pAdapt,
    USHORT  VlanId,
    BOOLEAN fDispatch
    )
{
    PVNIC pFound = NULL;
    PLIST_ENTRY pEntry;
    LOCK_STATE_EX LockState;

    NdisAcquireRWLockRead(pAdapt->pListLock, &LockState,
                          fDispatch ? NDIS_RWL_AT_DISPATCH_LEVEL : 0);
    for (pEntry = pAdapt->VnicList.Flink; pEntry != &pAdapt->VnicList; pEntry = pEntry->Flink)
    {
        PVNIC pVnic = CONTAINING_RECORD(pEntry, VNIC, Link);

        if (pVnic->VlanId == VlanId)
        {
            if (MuxEnterVnic(pVnic, TRUE))
            {
                MuxReferenceVnic(pVnic);
                pFound = pVnic;
            }
            break;
        }
    }
    NdisReleaseRWLock(pAdapt->pListLock, &LockState);
    return pFound;
}

static NDIS_STATUS
CreateVnic(
    _In_ PADAPT pAdapt,
    _In_ USHORT VlanId,
    _In_ PCWSTR pName,
    _In_ USHORT cbName
    )
{
    PVNIC pVnic;
    LOCK_STATE_EX LockState;
    NDIS_STATUS Status;

    if (cbName > MUX_MAX_NAME)
    {
        return NDIS_STATUS_INVALID_LENGTH;
    }
    pVnic = (PVNIC)NdisAllocateMemoryWithTagPriority(g_hProtocol, sizeof(VNIC), MUX_TAG,
                                                     NormalPoolPriority);
    if (pVnic == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(pVnic, sizeof(VNIC));
    NdisInterlockedIncrement(&pAdapt->RefCount);
    pVnic->pAdapt = pAdapt;
    pVnic->RefCount = 1;
    pVnic->VlanId = VlanId;
    pVnic->State = VnicHalted;
    pVnic->DeviceName.Buffer = pVnic->NameBuffer;
    pVnic->DeviceName.Length = cbName;
    pVnic->DeviceName.MaximumLength = sizeof(pVnic->NameBuffer);
    NdisMoveMemory(pVnic->NameBuffer, pName, cbName);
    NdisAllocateSpinLock(&pVnic->Lock);
    NdisInitializeEvent(&pVnic->Idle);
    NdisSetEvent(&pVnic->Idle);
    NdisInitializeEvent(&pVnic->InitDone);

    NdisAcquireRWLockWrite(pAdapt->pListLock, &LockState, 0);
    InsertTailList(&pAdapt->VnicList, &pVnic->Link);
    pAdapt->cVnics++;
    NdisReleaseRWLock(pAdapt->pListLock, &LockState);

    Status = NdisIMInitializeDeviceInstanceEx(g_hMiniportDriver, &pVnic->DeviceName,
                                              (NDIS_HANDLE)pVnic);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisAcquireRWLockWrite(pAdapt->pListLock, &LockState, 0);
        RemoveEntryList(&pVnic->Link);
        pAdapt->cVnics--;
        NdisReleaseRWLock(pAdapt->pListLock, &LockState);
        MuxDereferenceVnic(pVnic);
    }
    return Status;
}

//
// A miniport for each name in a MULTI_SZ, with the VLANs 1, 2, and so on. Those that cannot be made are
// left out.
//
static ULONG
CreateFromNames(
    _In_ PADAPT pAdapt,
    _In_ const NDIS_STRING *pNames
    )
{
    PCWSTR pName = pNames->Buffer;
    ULONG cchLeft = pNames->Length / sizeof(WCHAR);
    USHORT VlanId = 1;
    ULONG cCreated = 0;

    while (cchLeft != 0 && *pName != L'\0' && VlanId <= MUX_MAX_VLANS)
    {
        USHORT cchName = 0;

        while (cchName < cchLeft && pName[cchName] != L'\0')
        {
            cchName++;
        }
        if (CreateVnic(pAdapt, VlanId, pName, (USHORT)(cchName * sizeof(WCHAR))) ==
            NDIS_STATUS_SUCCESS)
        {
            cCreated++;
        }
        VlanId++;
        if (cchName == cchLeft)
        {
            break;
        }
        pName += cchName + 1;
        cchLeft -= cchName + 1u;
    }
    return cCreated;
}

NDIS_STATUS
MuxCreateVnics(
    PADAPT pAdapt
    )
{
    NDIS_CONFIGURATION_OBJECT Object;
    PNDIS_CONFIGURATION_PARAMETER pParameter;
    NDIS_STRING Keyword = NDIS_STRING_CONST("UpperBindings");
    NDIS_HANDLE hConfig;
    NDIS_STATUS Status;

    NdisZeroMemory(&Object, sizeof(Object));
    Object.Header.Type      = NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT;
    Object.Header.Revision  = NDIS_CONFIGURATION_OBJECT_REVISION_1;
    Object.Header.Size      = NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1;
    Object.NdisHandle       = pAdapt->hBinding;

    Status = NdisOpenConfigurationEx(&Object, &hConfig);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }

    NdisReadConfiguration(&Status, &pParameter, hConfig, &Keyword, NdisParameterMultiString);
    if (Status == NDIS_STATUS_SUCCESS &&
        CreateFromNames(pAdapt, &pParameter->ParameterData.StringData) == 0)
    {
        Status = NDIS_STATUS_NOT_ACCEPTED;
    }

    NdisCloseConfiguration(hConfig);
    return Status;
}

//
// NDIS halts the miniport if it has initialized it, or forgets that it was to do so.
//
static VOID
StopVnic(
    _In_ PVNIC pVnic
    )
{
    NDIS_HANDLE hMiniport;

    if (NdisIMCancelInitializeDeviceInstance(g_hMiniportDriver, &pVnic->DeviceName) ==
        NDIS_STATUS_SUCCESS)
    {
        return;
    }

    // Too late: it is initialized, or is just being so.
    NdisWaitEvent(&pVnic->InitDone, 0);
    NdisAcquireSpinLock(&pVnic->Lock);
    hMiniport = pVnic->hMiniport;
    NdisReleaseSpinLock(&pVnic->Lock);
    if (hMiniport != NULL)
    {
        (VOID)NdisIMDeInitializeDeviceInstance(hMiniport);
    }
}

VOID
MuxDeleteVnics(
    PADAPT pAdapt
    )
{
    LOCK_STATE_EX LockState;
    PVNIC pVnic;

    for (;;)
    {
        pVnic = NULL;
        NdisAcquireRWLockWrite(pAdapt->pListLock, &LockState, 0);
        if (!IsListEmpty(&pAdapt->VnicList))
        {
            pVnic = CONTAINING_RECORD(RemoveHeadList(&pAdapt->VnicList), VNIC, Link);
            pAdapt->cVnics--;
        }
        NdisReleaseRWLock(pAdapt->pListLock, &LockState);
        if (pVnic == NULL)
        {
            break;
        }

        StopVnic(pVnic);
        MuxDereferenceVnic(pVnic);
    }
}
