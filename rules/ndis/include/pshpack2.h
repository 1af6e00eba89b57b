/* Starts a part of a header with 2-byte packing; poppack.h ends it. */
#pragma pack(push, 2)
