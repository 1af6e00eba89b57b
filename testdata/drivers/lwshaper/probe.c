/* Frames of our own. They are told from those of others by their source handle. */
#include "shaper.h"

static VOID Fill(PSHAPER_MODULE Module, PUCHAR Frame)
{
    NdisZeroMemory(Frame, SHAPER_PROBE_LENGTH);
    NdisFillMemory(Frame, 6, 0xff);
    NdisMoveMemory(Frame + 6, Module->Address, 6);
    Frame[12] = SHAPER_PROBE_TYPE >> 8;
    Frame[13] = SHAPER_PROBE_TYPE & 0xff;
}

PNET_BUFFER_LIST ShaperMakeProbe(PSHAPER_MODULE Module)
{
    PUCHAR Frame;
    PMDL Mdl;
    PNET_BUFFER_LIST Probe;

    Frame = NdisAllocateMemoryWithTagPriority(Module->Filter, SHAPER_PROBE_LENGTH, SHAPER_TAG,
                                              LowPoolPriority);
    if (Frame == NULL)
        return NULL;
    Mdl = NdisAllocateMdl(Module->Filter, Frame, SHAPER_PROBE_LENGTH);
    if (Mdl == NULL) {
        NdisFreeMemory(Frame, 0, 0);
        return NULL;
    }
    Probe = NdisAllocateNetBufferAndNetBufferList(Module->Pool, 0, 0, Mdl, 0, SHAPER_PROBE_LENGTH);
    if (Probe == NULL) {
        NdisFreeMdl(Mdl);
        NdisFreeMemory(Frame, 0, 0);
        return NULL;
    }
    Fill(Module, Frame);
    Probe->SourceHandle = Module->Filter;
    return Probe;
}

VOID ShaperFreeProbe(PNET_BUFFER_LIST Probe)
{
    PMDL Mdl = NET_BUFFER_FIRST_MDL(NET_BUFFER_LIST_FIRST_NB(Probe));
    PVOID Frame = MmGetMdlVirtualAddress(Mdl);

    NdisFreeNetBufferList(Probe);
    NdisFreeMdl(Mdl);
    NdisFreeMemory(Frame, 0, 0);
}
