/* Starts a part of a header with 1-byte packing; poppack.h ends it. */
#pragma pack(push, 1)
