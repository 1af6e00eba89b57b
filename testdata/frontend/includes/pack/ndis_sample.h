// Stands for a DDI header: found with -isystem, so it has no facts of its own.
#pragma once
typedef void VOID;
typedef void *NDIS_HANDLE;
typedef int NDIS_STATUS;
typedef unsigned long ULONG;
typedef VOID(MINIPORT_HALT)(NDIS_HANDLE Context, int Action);
typedef NDIS_STATUS(MINIPORT_INITIALIZE)(NDIS_HANDLE Handle, NDIS_HANDLE Context);
typedef MINIPORT_HALT *MINIPORT_HALT_HANDLER;
typedef MINIPORT_INITIALIZE *MINIPORT_INITIALIZE_HANDLER;
typedef struct _NDIS_HEADER {
    unsigned char Type, Revision;
    unsigned short Size;
} NDIS_HEADER;
typedef struct _MINIPORT_CHARACTERISTICS {
    NDIS_HEADER Header;
    ULONG Flags;
    MINIPORT_INITIALIZE_HANDLER InitializeHandler;
    MINIPORT_HALT_HANDLER HaltHandler;
    MINIPORT_HALT_HANDLER Others[2];
    union {
        MINIPORT_HALT_HANDLER ResetHandler;
        void *Reserved;
    };
} MINIPORT_CHARACTERISTICS;
static inline int InSystemHeader(int x)
{
    return x ? 1 : InSystemHeader(x - 1);
}
