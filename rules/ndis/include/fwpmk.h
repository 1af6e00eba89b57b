/* Windows Filtering Platform, management functions for drivers. */
#ifndef DRVLINT_FWPMK_H
#define DRVLINT_FWPMK_H

#include "fwpmtypes.h"

EXTERN_C_START

typedef struct _SEC_WINNT_AUTH_IDENTITY_W SEC_WINNT_AUTH_IDENTITY_W;

NTSTATUS FwpmEngineOpen(const WCHAR *serverName, UINT32 authnService,
    SEC_WINNT_AUTH_IDENTITY_W *authIdentity, const FWPM_SESSION0 *session, HANDLE *engineHandle);
NTSTATUS FwpmEngineClose(HANDLE engineHandle);
NTSTATUS FwpmTransactionBegin(HANDLE engineHandle, UINT32 flags);
NTSTATUS FwpmTransactionCommit(HANDLE engineHandle);
NTSTATUS FwpmTransactionAbort(HANDLE engineHandle);
NTSTATUS FwpmProviderAdd(HANDLE engineHandle, const FWPM_PROVIDER0 *provider,
    PSECURITY_DESCRIPTOR sd);
NTSTATUS FwpmProviderDeleteByKey(HANDLE engineHandle, const GUID *key);
NTSTATUS FwpmSubLayerAdd(HANDLE engineHandle, const FWPM_SUBLAYER0 *subLayer,
    PSECURITY_DESCRIPTOR sd);
NTSTATUS FwpmSubLayerDeleteByKey(HANDLE engineHandle, const GUID *key);
NTSTATUS FwpmCalloutAdd(HANDLE engineHandle, const FWPM_CALLOUT0 *callout, PSECURITY_DESCRIPTOR sd,
    UINT32 *id);
NTSTATUS FwpmCalloutDeleteByKey(HANDLE engineHandle, const GUID *key);
NTSTATUS FwpmCalloutDeleteById(HANDLE engineHandle, UINT32 id);
NTSTATUS FwpmFilterAdd(HANDLE engineHandle, const FWPM_FILTER0 *filter, PSECURITY_DESCRIPTOR sd,
    UINT64 *id);
NTSTATUS FwpmFilterDeleteById(HANDLE engineHandle, UINT64 id);
NTSTATUS FwpmFilterDeleteByKey(HANDLE engineHandle, const GUID *key);
NTSTATUS FwpmFilterCreateEnumHandle(HANDLE engineHandle,
    const FWPM_FILTER_ENUM_TEMPLATE0 *enumTemplate, HANDLE *enumHandle);
NTSTATUS FwpmFilterEnum(HANDLE engineHandle, HANDLE enumHandle, UINT32 numEntriesRequested,
    FWPM_FILTER0 ***entries, UINT32 *numEntriesReturned);
NTSTATUS FwpmFilterDestroyEnumHandle(HANDLE engineHandle, HANDLE enumHandle);
void FwpmFreeMemory(void **p);

#define FwpmEngineOpen0 FwpmEngineOpen
#define FwpmEngineClose0 FwpmEngineClose
#define FwpmTransactionBegin0 FwpmTransactionBegin
#define FwpmTransactionCommit0 FwpmTransactionCommit
#define FwpmTransactionAbort0 FwpmTransactionAbort
#define FwpmProviderAdd0 FwpmProviderAdd
#define FwpmProviderDeleteByKey0 FwpmProviderDeleteByKey
#define FwpmSubLayerAdd0 FwpmSubLayerAdd
#define FwpmSubLayerDeleteByKey0 FwpmSubLayerDeleteByKey
#define FwpmCalloutAdd0 FwpmCalloutAdd
#define FwpmCalloutDeleteByKey0 FwpmCalloutDeleteByKey
#define FwpmCalloutDeleteById0 FwpmCalloutDeleteById
#define FwpmFilterAdd0 FwpmFilterAdd
#define FwpmFilterDeleteById0 FwpmFilterDeleteById
#define FwpmFilterDeleteByKey0 FwpmFilterDeleteByKey
#define FwpmFilterCreateEnumHandle0 FwpmFilterCreateEnumHandle
#define FwpmFilterEnum0 FwpmFilterEnum
#define FwpmFilterDestroyEnumHandle0 FwpmFilterDestroyEnumHandle
#define FwpmFreeMemory0 FwpmFreeMemory

EXTERN_C_END

#endif
