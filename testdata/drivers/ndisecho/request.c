/* OID requests. They are made at PASSIVE_LEVEL, and whoever makes one waits for it. */
#include "echo.h"

struct echo_request {
	NDIS_OID_REQUEST	oid;
	KEVENT			done;
	NDIS_STATUS		status;
};

static void request_init(struct echo_request *r, NDIS_REQUEST_TYPE type)
{
	RtlZeroMemory(r, sizeof(*r));
	r->oid.Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
	r->oid.Header.Revision = NDIS_OID_REQUEST_REVISION_1;
	r->oid.Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
	r->oid.RequestType = type;
	r->oid.RequestId = r;
	KeInitializeEvent(&r->done, NotificationEvent, FALSE);
}

static NDIS_STATUS request_run(struct echo_binding *b, struct echo_request *r)
{
	NDIS_STATUS status = NdisOidRequest(b->handle, &r->oid);

	if (status != NDIS_STATUS_PENDING)
		return status;
	KeWaitForSingleObject(&r->done, Executive, KernelMode, FALSE, NULL);
	return r->status;
}

NDIS_STATUS echo_query(struct echo_binding *b, NDIS_OID oid, void *buffer, ULONG length)
{
	struct echo_request r;
	NDIS_STATUS status;

	request_init(&r, NdisRequestQueryInformation);
	r.oid.DATA.QUERY_INFORMATION.Oid = oid;
	r.oid.DATA.QUERY_INFORMATION.InformationBuffer = buffer;
	r.oid.DATA.QUERY_INFORMATION.InformationBufferLength = length;
	status = request_run(b, &r);
	if (status == NDIS_STATUS_SUCCESS && r.oid.DATA.QUERY_INFORMATION.BytesWritten != length)
		return NDIS_STATUS_INVALID_LENGTH;
	return status;
}

NDIS_STATUS echo_set(struct echo_binding *b, NDIS_OID oid, void *buffer, ULONG length)
{
	struct echo_request r;

	request_init(&r, NdisRequestSetInformation);
	r.oid.DATA.SET_INFORMATION.Oid = oid;
	r.oid.DATA.SET_INFORMATION.InformationBuffer = buffer;
	r.oid.DATA.SET_INFORMATION.InformationBufferLength = length;
	return request_run(b, &r);
}

void echo_request_complete(NDIS_HANDLE context, PNDIS_OID_REQUEST oid, NDIS_STATUS status)
{
	struct echo_request *r = CONTAINING_RECORD(oid, struct echo_request, oid);

	UNREFERENCED_PARAMETER(context);

	r->status = status;
	KeSetEvent(&r->done, IO_NO_INCREMENT, FALSE);
}
