// What the Microsoft compiler takes, with warnings at most, is no error.
typedef void VOID; typedef void *PVOID; typedef unsigned long ULONG, *PULONG; typedef unsigned char *PUCHAR; typedef int INT;
typedef VOID HALT(PVOID Context, INT Action);
HALT MyHalt;
struct Fwd; enum Late;
typedef enum _E { E1, E2 } E;
static int kept;
int implicit_call(int x) { return undeclared(x) + 1; }
int int_conversion(ULONG x) { char *p = x; PVOID q = &x; ULONG y = q; return p == q; }
void pointers(PULONG p, PUCHAR q) { p = q; q = p; int *z = "text"; const char *c = p; }
implicit_int(a, b) int a; char *b; { return a; }
VOID functions(void) { int (*f)(int) = pointers; void (*g)(void) = int_conversion; PVOID h = functions; f = h; }
int no_return(int x) { if (x) return 1; }
void returns_value(void) { return 1; }
int returns_nothing(void) { return; }
int sizes(void) { int a[0]; struct { int n; char data[]; } *p = 0; struct { int n; char data[0]; } q; return sizeof(q); }
void unused_results(int x) { x == 3; x; }
#pragma warning(disable: 4200 4214)
#pragma warning(push)
#pragma code_seg("PAGE")
#pragma alloc_text(PAGE, unused_results)
#pragma NDIS_INIT_FUNCTION(unused_results)
#pragma prefast(suppress: 28167, "why")
#pragma comment(lib, "ndis.lib")
#pragma pack(push, 1)
struct packed { char a; int b; };
#pragma pack(pop)
__declspec(align(16)) struct aligned { int x; };
struct unnamed { struct { int a, b; }; union { int c; long d; }; ; };
struct bits { E e : 3; unsigned char f : 1; __int64 g : 40; };
__forceinline int inl(int x) { return x; }
extern __inline int inl2(int x) { return x; }
int __stdcall std(int a) { return a; }
int __cdecl cd(int a, ...) { return a; }
int __fastcall fast(int a) { return a; }
__declspec(noinline) __declspec(deprecated("x")) int decl(void);
__declspec(selectany) int any = 3;
int wide(void) { return L"abc"[0] + 'ab' + 'abcd' + sizeof(L'x'); }
int consts(void) { return 0xFFFFFFFFui64 + 10i64 + 5I8; }
void empty_decl(void) { int; ; }
E last(E e) { e = 1; e++; switch (e) { case E1: case 5: break; } return 2; }
int compare(PVOID p, ULONG x, int *q) { return p == x || p > q || x == q || p < 0; }
int ternary(int c, PVOID p, ULONG x) { PVOID r = c ? p : x; return r != 0; }
void callee(PULONG x); void caller(void) { int y; callee(&y); callee(y); callee(5); callee(L"x"); }
int label(int x) { if (x) goto end; x = 2; end: }
void nonconst(int n) { static int z = sizeof(n); }
typedef int BOOL; typedef int BOOL;
#define DUP 1
#define DUP 2
int trailing(int a) { return a; };;
extern int ext; static int ext2; extern int ext2;
int arr[] = { 1, 2, 3, }; char str[3] = "abcdef";
void fn_to_void(void) { void (*f)() = (void (*)())fn_to_void; f(1, 2, 3); }
