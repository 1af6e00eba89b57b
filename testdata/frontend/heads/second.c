  #  include "precomp.h" // a byte order mark in front
static void Unreferenced(NDIS_HANDLE Context, int Action)
{
    if (Action)
        HeadHalt(Context, 0);
}
