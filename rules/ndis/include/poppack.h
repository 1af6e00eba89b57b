/* Ends what a pshpack header started. */
#pragma pack(pop)
