/* Starts a part of a header with 4-byte packing; poppack.h ends it. */
#pragma pack(push, 4)
