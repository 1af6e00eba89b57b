/* Bindings: one for each adapter. */
#include "echo.h"

void echo_hold(struct echo_binding *b)
{
	InterlockedIncrement(&b->refs);
}

void echo_drop(struct echo_binding *b)
{
	if (InterlockedDecrement(&b->refs) == 0)
		KeSetEvent(&b->unreferenced, IO_NO_INCREMENT, FALSE);
}

static struct echo_binding *binding_new(PNDIS_BIND_PARAMETERS parameters)
{
	struct echo_binding *b = ExAllocatePoolWithTag(NonPagedPool, sizeof(*b), ECHO_TAG);

	if (!b)
		return NULL;
	RtlZeroMemory(b, sizeof(*b));
	b->refs = 1;
	KeInitializeEvent(&b->unreferenced, NotificationEvent, FALSE);
	KeInitializeEvent(&b->completed, SynchronizationEvent, FALSE);
	KeInitializeEvent(&b->idle, NotificationEvent, TRUE);
	KeInitializeSpinLock(&b->lock);
	InitializeListHead(&b->peers);
	RtlCopyMemory(b->address, parameters->CurrentMacAddress, sizeof(b->address));
	return b;
}

static NDIS_STATUS binding_open(struct echo_binding *b, NDIS_HANDLE context,
				PNDIS_BIND_PARAMETERS parameters)
{
	NDIS_MEDIUM media[] = { NdisMedium802_3 };
	NET_FRAME_TYPE types[] = { ECHO_ETHERTYPE };
	UINT selected;
	NDIS_OPEN_PARAMETERS open = {
		.Header = {
			.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS,
			.Revision = NDIS_OPEN_PARAMETERS_REVISION_1,
			.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1,
		},
		.AdapterName = parameters->AdapterName,
		.MediumArray = media,
		.MediumArraySize = RTL_NUMBER_OF(media),
		.SelectedMediumIndex = &selected,
		.FrameTypeArray = types,
		.FrameTypeArraySize = RTL_NUMBER_OF(types),
	};
	NDIS_STATUS status = NdisOpenAdapterEx(echo.protocol, b, &open, context, &b->handle);

	if (status == NDIS_STATUS_PENDING) {
		KeWaitForSingleObject(&b->completed, Executive, KernelMode, FALSE, NULL);
		status = b->status;
	}
	return status;
}

void echo_open_complete(NDIS_HANDLE context, NDIS_STATUS status)
{
	struct echo_binding *b = context;

	b->status = status;
	KeSetEvent(&b->completed, IO_NO_INCREMENT, FALSE);
}

static void binding_close(struct echo_binding *b)
{
	if (NdisCloseAdapterEx(b->handle) == NDIS_STATUS_PENDING)
		KeWaitForSingleObject(&b->completed, Executive, KernelMode, FALSE, NULL);
}

void echo_close_complete(NDIS_HANDLE context)
{
	struct echo_binding *b = context;

	KeSetEvent(&b->completed, IO_NO_INCREMENT, FALSE);
}

static NDIS_STATUS make_pools(struct echo_binding *b)
{
	NET_BUFFER_LIST_POOL_PARAMETERS lists = {
		.Header = {
			.Type = NDIS_OBJECT_TYPE_DEFAULT,
			.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
			.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
		},
		.ProtocolId = NDIS_PROTOCOL_ID_DEFAULT,
		.PoolTag = ECHO_TAG,
	};
	NET_BUFFER_POOL_PARAMETERS buffers = {
		.Header = {
			.Type = NDIS_OBJECT_TYPE_DEFAULT,
			.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1,
			.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1,
		},
		.PoolTag = ECHO_TAG,
		.DataSize = ECHO_FRAME_MAX,
	};

	b->nbl_pool = NdisAllocateNetBufferListPool(echo.protocol, &lists);
	if (!b->nbl_pool)
		return NDIS_STATUS_RESOURCES;
	b->nb_pool = NdisAllocateNetBufferPool(echo.protocol, &buffers);
	return b->nb_pool ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
}

/* What needs the handle of the binding. */
static NDIS_STATUS make_helpers(struct echo_binding *b)
{
	NDIS_TIMER_CHARACTERISTICS timer = {
		.Header = {
			.Type = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS,
			.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1,
			.Size = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1,
		},
		.AllocationTag = ECHO_TAG,
		.TimerFunction = echo_tick,
		.FunctionContext = b,
	};

	b->work_item = NdisAllocateIoWorkItem(b->handle);
	if (!b->work_item)
		return NDIS_STATUS_RESOURCES;
	return NdisAllocateTimerObject(b->handle, &timer, &b->timer);
}

/* After the last reference; of what is there, everything or a part. */
static void binding_free(struct echo_binding *b)
{
	echo_peers_free(b);
	if (b->nb_pool)
		NdisFreeNetBufferPool(b->nb_pool);
	if (b->nbl_pool)
		NdisFreeNetBufferListPool(b->nbl_pool);
	ExFreePoolWithTag(b, ECHO_TAG);
}

static void free_helpers(struct echo_binding *b)
{
	if (b->timer)
		NdisFreeTimerObject(b->timer);
	if (b->work_item)
		NdisFreeIoWorkItem(b->work_item);
}

static NDIS_STATUS set_filter(struct echo_binding *b, ULONG filter)
{
	return echo_set(b, OID_GEN_CURRENT_PACKET_FILTER, &filter, sizeof(filter));
}

NDIS_STATUS echo_bind(NDIS_HANDLE driver, NDIS_HANDLE context, PNDIS_BIND_PARAMETERS parameters)
{
	struct echo_binding *b;
	NDIS_STATUS status;
	KIRQL irql;

	UNREFERENCED_PARAMETER(driver);

	if (parameters->MediaType != NdisMedium802_3 || parameters->MacAddressLength != 6)
		return NDIS_STATUS_UNSUPPORTED_MEDIA;
	b = binding_new(parameters);
	if (!b)
		return NDIS_STATUS_RESOURCES;

	status = make_pools(b);
	if (status != NDIS_STATUS_SUCCESS)
		goto free;
	status = binding_open(b, context, parameters);
	if (status != NDIS_STATUS_SUCCESS)
		goto free;
	status = make_helpers(b);
	if (status != NDIS_STATUS_SUCCESS)
		goto close;
	status = set_filter(b, NDIS_PACKET_TYPE_DIRECTED | NDIS_PACKET_TYPE_BROADCAST);
	if (status != NDIS_STATUS_SUCCESS)
		goto close;

	KeAcquireSpinLock(&echo.lock, &irql);
	InsertTailList(&echo.bindings, &b->link);
	KeReleaseSpinLock(&echo.lock, irql);
	return NDIS_STATUS_SUCCESS;

close:
	/* Nothing has been started: there is no reference but this one. */
	free_helpers(b);
	binding_close(b);
free:
	binding_free(b);
	return status;
}

NDIS_STATUS echo_unbind(NDIS_HANDLE unbind, NDIS_HANDLE context)
{
	struct echo_binding *b = context;
	KIRQL irql;

	UNREFERENCED_PARAMETER(unbind);

	KeAcquireSpinLock(&echo.lock, &irql);
	RemoveEntryList(&b->link);
	KeReleaseSpinLock(&echo.lock, irql);

	echo_stop(b);
	set_filter(b, 0);
	echo_drop(b);
	KeWaitForSingleObject(&b->unreferenced, Executive, KernelMode, FALSE, NULL);

	free_helpers(b);
	binding_close(b);
	binding_free(b);
	return NDIS_STATUS_SUCCESS;
}
