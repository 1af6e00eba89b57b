/* Starts a part of a header with 8-byte packing; poppack.h ends it. */
#pragma pack(push, 8)
