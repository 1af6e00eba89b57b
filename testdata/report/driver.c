// Lines that reports show: tabs, other encodings, more than fits.
NDIS_STATUS MPInitialize(NDIS_HANDLE Handle)
{
	NDIS_STATUS Status = NdisMRegisterInterruptEx(Handle, A, &Chars, &A->Interrupt);
	if (Status != NDIS_STATUS_SUCCESS)
		return Status;
	return StartHardware(A);
}

/* caf� [31m */ VOID MPHalt(NDIS_HANDLE A) { NdisFree(A); }
/* 中文é */ VOID MPPause(void) { Wait(A); }
static const char Long[] = "an argument that goes on and on so that nobody can see where it ends and"; Call(Somewhere, Far, Behind, What, Fits, On, One, Line);
