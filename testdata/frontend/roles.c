// Role declarations, function extents and registrations in every form.
#include <ndis_sample.h>

typedef MINIPORT_HALT SAMPLE_HALT;
typedef struct {
    int (*Callback)(int);
    struct {
        MINIPORT_HALT_HANDLER Nested;
    } Inner;
    NDIS_HANDLE Context;
} OPS;

MINIPORT_INITIALIZE SampleInitialize;
static MINIPORT_HALT SampleHalt;
MINIPORT_HALT SampleHaltAgain, SampleReset;
SAMPLE_HALT OwnTypedef;
extern MINIPORT_HALT Elsewhere;
MINIPORT_INITIALIZE SampleInitialize; // once is enough
int Callback(int Value);
int (*Table[2])(int) = {Callback, Callback}; // no member: no registration

NDIS_STATUS
SampleInitialize(
    NDIS_HANDLE Handle,
    NDIS_HANDLE Context)
{
    return Handle == Context;
}

static VOID SampleHalt(NDIS_HANDLE Context, int Action) { }

VOID OwnTypedef(NDIS_HANDLE Context, int Action)
{
    SampleHalt(Context, Action);
}

static MINIPORT_CHARACTERISTICS Positional = {
    {1, 2, sizeof(MINIPORT_CHARACTERISTICS)}, 0, SampleInitialize, SampleHalt,
    {SampleHaltAgain, Elsewhere}, {SampleReset}};

static MINIPORT_CHARACTERISTICS WithoutBraces = {
    1, 2, sizeof(MINIPORT_CHARACTERISTICS), 0, SampleInitialize, &SampleHalt,
    SampleHaltAgain, 0, SampleReset};

static MINIPORT_CHARACTERISTICS Designated = {
    .HaltHandler = SampleHalt,
    .Others[1] = (MINIPORT_HALT_HANDLER)OwnTypedef,
    .ResetHandler = SampleReset,
    .InitializeHandler = SampleInitialize,
    SampleHalt, // positional behind a designator: HaltHandler
};

static const MINIPORT_CHARACTERISTICS Array[] = {
    {.Header.Type = 1, 2, .Flags = 3, SampleInitialize},
    {.HaltHandler = SampleHalt},
    [4] = {.HaltHandler = SampleHaltAgain},
};

static OPS Ops = {Callback, {SampleHalt}, (NDIS_HANDLE)SampleReset};

void Register(MINIPORT_CHARACTERISTICS *Chars, OPS *Given, int Which)
{
    OPS Local = {.Callback = Callback};
    Chars->InitializeHandler = SampleInitialize;
    Chars->HaltHandler = Chars->Others[0] = &SampleHalt;
    Chars->ResetHandler = Which ? SampleReset : SampleHaltAgain;
    (*Chars).Others[Which] = ((MINIPORT_HALT_HANDLER)(SampleHalt));
    Given->Inner.Nested = Elsewhere;
    Given->Context = Callback;
    Given->Callback = 0;
    *Given = (OPS){.Inner.Nested = SampleHalt};
    *Given = Local;
    Chars[0] = Positional;
    Chars[1] = WithoutBraces;
    Chars[2] = Designated;
    Chars[3] = Array[Which];
    *Given = Ops;
}
