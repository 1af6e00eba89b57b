// A driver's own things under names that the pack's headers declare otherwise, and types that are used
// before they are declared.
#include <ndis_sample.h>
EARLY_TYPE *Early;
int Unnamed; static UNNAMED_TYPE *EarlyUnnamed;
typedef struct _EARLY { int a; } EARLY_TYPE;
typedef struct { int b; } UNNAMED_TYPE;
typedef struct _MINE { int mine; } NDIS_HANDLE;
int InSystemHeader(int x, int y) { return x + y; }
int Use(NDIS_HANDLE Handle, UNNAMED_TYPE *Other)
{
    return Handle != 0 && Early->a && EarlyUnnamed == Other;
}
