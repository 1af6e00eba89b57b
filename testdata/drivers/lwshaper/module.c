/* The life of a filter module. */
#include "shaper.h"

/* The rate of this module from the registry; the default if there is none. */
static ULONG ReadRate(NDIS_HANDLE Filter)
{
    NDIS_STRING Name = NDIS_STRING_CONST("BytesPerTick");
    NDIS_CONFIGURATION_OBJECT Object;
    PNDIS_CONFIGURATION_PARAMETER Parameter;
    NDIS_HANDLE Configuration;
    NDIS_STATUS Status;
    ULONG Rate = SHAPER_DEFAULT_RATE;

    NdisZeroMemory(&Object, sizeof(Object));
    Object.Header.Type = NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT;
    Object.Header.Revision = NDIS_CONFIGURATION_OBJECT_REVISION_1;
    Object.Header.Size = NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1;
    Object.NdisHandle = Filter;
    if (NdisOpenConfigurationEx(&Object, &Configuration) != NDIS_STATUS_SUCCESS)
        return Rate;

    NdisReadConfiguration(&Status, &Parameter, Configuration, &Name, NdisParameterInteger);
    if (Status == NDIS_STATUS_SUCCESS && Parameter->ParameterData.IntegerData >= 1514)
        Rate = Parameter->ParameterData.IntegerData;
    NdisCloseConfiguration(Configuration);
    return Rate;
}

static NDIS_HANDLE AllocatePool(NDIS_HANDLE Filter)
{
    NET_BUFFER_LIST_POOL_PARAMETERS Parameters;

    NdisZeroMemory(&Parameters, sizeof(Parameters));
    Parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Parameters.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    Parameters.ProtocolId = NDIS_PROTOCOL_ID_DEFAULT;
    Parameters.fAllocateNetBuffer = TRUE;
    Parameters.PoolTag = SHAPER_TAG;
    return NdisAllocateNetBufferListPool(Filter, &Parameters);
}

static NDIS_STATUS AllocateTimer(PSHAPER_MODULE Module)
{
    NDIS_TIMER_CHARACTERISTICS Timer;

    NdisZeroMemory(&Timer, sizeof(Timer));
    Timer.Header.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    Timer.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    Timer.Header.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    Timer.AllocationTag = SHAPER_TAG;
    Timer.TimerFunction = ShaperTick;
    Timer.FunctionContext = Module;
    return NdisAllocateTimerObject(Module->Filter, &Timer, &Module->Timer);
}

/* Of what is there, everything or a part. */
static VOID FreeModule(PSHAPER_MODULE Module)
{
    if (Module->Timer != NULL)
        NdisFreeTimerObject(Module->Timer);
    if (Module->WorkItem != NULL)
        NdisFreeIoWorkItem(Module->WorkItem);
    if (Module->Pool != NULL)
        NdisFreeNetBufferListPool(Module->Pool);
    NdisFreeSpinLock(&Module->Lock);
    NdisFreeMemory(Module, 0, 0);
}

static BOOLEAN MediumIsKnown(PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    return Parameters->MiniportMediaType == NdisMedium802_3 &&
           Parameters->MacAddressLength == sizeof(((PSHAPER_MODULE)0)->Address);
}

NDIS_STATUS ShaperAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                         PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    PSHAPER_MODULE Module;
    NDIS_FILTER_ATTRIBUTES Attributes;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(FilterDriverContext);

    if (!MediumIsKnown(AttachParameters))
        return NDIS_STATUS_UNSUPPORTED_MEDIA;
    Module = NdisAllocateMemoryWithTagPriority(NdisFilterHandle, sizeof(*Module), SHAPER_TAG,
                                               NormalPoolPriority);
    if (Module == NULL)
        return NDIS_STATUS_RESOURCES;

    NdisZeroMemory(Module, sizeof(*Module));
    Module->Filter = NdisFilterHandle;
    Module->Interface = AttachParameters->BaseMiniportIfIndex;
    NdisMoveMemory(Module->Address, AttachParameters->CurrentMacAddress, sizeof(Module->Address));
    Module->State = ShaperPaused;
    NdisAllocateSpinLock(&Module->Lock);
    NdisInitializeEvent(&Module->TimerIdle);
    NdisSetEvent(&Module->TimerIdle);
    NdisInitializeEvent(&Module->WorkIdle);
    NdisSetEvent(&Module->WorkIdle);
    Module->Rate = ReadRate(NdisFilterHandle);
    Module->Statistics.LinkSpeed = AttachParameters->XmitLinkSpeed;

    Module->Pool = AllocatePool(NdisFilterHandle);
    if (Module->Pool == NULL) {
        Status = NDIS_STATUS_RESOURCES;
        goto Failed;
    }
    Module->WorkItem = NdisAllocateIoWorkItem(NdisFilterHandle);
    if (Module->WorkItem == NULL) {
        Status = NDIS_STATUS_RESOURCES;
        goto Failed;
    }
    Status = AllocateTimer(Module);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Failed;

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;
    Status = NdisFSetAttributes(NdisFilterHandle, Module, &Attributes);
    if (Status != NDIS_STATUS_SUCCESS)
        goto Failed;

    NdisAcquireSpinLock(&Shaper.Lock);
    InsertTailList(&Shaper.Modules, &Module->Link);
    NdisReleaseSpinLock(&Shaper.Lock);
    return NDIS_STATUS_SUCCESS;

Failed:
    FreeModule(Module);
    return Status;
}

/* The module is paused: nothing waits, and no timer is set. A status may still have queued work. */
VOID ShaperDetach(NDIS_HANDLE FilterModuleContext)
{
    PSHAPER_MODULE Module = FilterModuleContext;

    NdisAcquireSpinLock(&Shaper.Lock);
    RemoveEntryList(&Module->Link);
    NdisReleaseSpinLock(&Shaper.Lock);

    NdisWaitEvent(&Module->WorkIdle, 0);
    /* The work item has set the event with the lock: wait until it is out of it. */
    NdisAcquireSpinLock(&Module->Lock);
    ASSERT(Module->Waiting.First == NULL);
    NdisReleaseSpinLock(&Module->Lock);
    FreeModule(Module);
}

NDIS_STATUS ShaperRestart(NDIS_HANDLE FilterModuleContext,
                          PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PSHAPER_MODULE Module = FilterModuleContext;
    PNDIS_RESTART_ATTRIBUTES Attributes = RestartParameters->RestartAttributes;

    while (Attributes != NULL && Attributes->Oid != OID_GEN_MINIPORT_RESTART_ATTRIBUTES)
        Attributes = Attributes->Next;

    NdisAcquireSpinLock(&Module->Lock);
    if (Attributes != NULL) {
        PNDIS_RESTART_GENERAL_ATTRIBUTES General =
            (PNDIS_RESTART_GENERAL_ATTRIBUTES)Attributes->Data;
        Module->Statistics.LinkSpeed = General->MaxXmitLinkSpeed;
    }
    Module->State = ShaperRunning;
    Module->Credit = Module->Rate;
    Module->IdleTicks = 0;
    NdisReleaseSpinLock(&Module->Lock);

    ShaperStartTicking(Module);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS ShaperPause(NDIS_HANDLE FilterModuleContext,
                        PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PSHAPER_MODULE Module = FilterModuleContext;
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(PauseParameters);

    NdisAcquireSpinLock(&Module->Lock);
    ASSERT(Module->State == ShaperRunning);
    Module->State = ShaperPausing;
    NdisReleaseSpinLock(&Module->Lock);

    ShaperStopTicking(Module);
    ShaperFlush(Module, NDIS_STATUS_PAUSED);

    /* Frames of our own may still be below; the last one to come back ends the pause. */
    NdisAcquireSpinLock(&Module->Lock);
    if (Module->OwnSends != 0) {
        Module->PausePending = TRUE;
        Status = NDIS_STATUS_PENDING;
    } else {
        Module->State = ShaperPaused;
    }
    NdisReleaseSpinLock(&Module->Lock);
    return Status;
}
