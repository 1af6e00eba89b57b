/* Command lines of other compilers -> clang options; file name patterns. */
#include "base/path.h"
#include "project/internal.h"
#include "test/check.h"

static const char *join(struct arena *arena, const string_list *list)
{
    const char *text = "";
    for (size_t i = 0; i < list->len; i++)
        text = arena_printf(arena, "%s%s%s", text, i ? "|" : "", list->items[i]);
    return text;
}

static void test_split(struct arena *arena)
{
    static const struct {
        const char *why, *command;
        bool windows;
        const char *want;
    } cases[] = {
        {"white space", "  gcc\t-c  a.c ", false, "gcc|-c|a.c"},
        {"single quotes keep backslashes", "a 'b \\\"c'", false, "a|b \\\"c"},
        {"double quotes", "a \"b \\\"c\\\" \\d\"", false, "a|b \"c\" \\d"},
        {"escaped blank", "a\\ b c", false, "a b|c"},
        {"quotes within an argument", "-DX=\\\"y\\\" -D'Z=1 2'", false, "-DX=\"y\"|-DZ=1 2"},
        {"backslashes are letters on Windows", "cl c:\\x\\y.c", true, "cl|c:\\x\\y.c"},
        {"quoted path ends in a backslash", "\"a b\\\\\" c", true, "a b\\|c"},
        {"quote behind a backslash", "/DX=\\\"y\\\"", true, "/DX=\"y\""},
        {"quote in quotes", "\"a\"\"b\" c", true, "a\"b|c"},
        {"empty argument", "a \"\" b", true, "a||b"},
        {"nothing", " ", true, ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        string_list args = {0};
        command_split(arena, cases[i].command, cases[i].windows, &args);
        CHECK_TEXT(join(arena, &args), cases[i].want, cases[i].why);
    }
}

static void test_translation(struct arena *arena)
{
    static const struct {
        const char *why;
        enum flag_style style;
        const char *command, *want;
    } cases[] = {
        {"output, warnings and optimization go", FLAGS_GCC,
         "-O2 -Wall -Werror -c -o a.o -MD -MF a.d -g -fPIC -m64 -DA", "-D|A"},
        {"joined and separate values", FLAGS_GCC, "-Iinc -I inc2 -DA=1 -D B -UC -isystem sys",
         "-I|/no/inc|-I|/no/inc2|-D|A=1|-D|B|-U|C|-isystem|/no/sys"},
        {"what changes the language stays", FLAGS_GCC, "-std=gnu99 -fshort-wchar -funsigned-char",
         "-std=gnu99|-fshort-wchar|-funsigned-char"},
        {"precompiled headers go, forced includes stay", FLAGS_GCC,
         "-include-pch a.pch -include pre.h -Xclang -include", "-include|pre.h"},
        {"value is missing", FLAGS_GCC, "-DA -I", "-D|A"},
        {"cl.exe", FLAGS_CL,
         "/nologo /c /I..\\inc /DX=1 /D Y /UZ /FIpre.h /W4 /WX /Zi /Od /Foobj\\ /Fdx.pdb /Yupre.h",
         "-I|/inc|-D|X=1|-D|Y|-U|Z|-include|pre.h"},
        {"cl.exe takes dashes, too", FLAGS_CL, "-I inc -DX -FI pre.h",
         "-I|/no/inc|-D|X|-include|pre.h"},
        {"cl.exe standards", FLAGS_CL, "/std:c11 /std:c++latest /std:c17",
         "-std=c11|-std=c++2b|-std=c17"},
        {"cl.exe packing and char", FLAGS_CL, "/Zp8 /J /GR- /Gz",
         "-fpack-struct=8|-funsigned-char|-fno-rtti"},
        {"'#' for '='", FLAGS_CL, "/DA#1 /DB=x#y", "-D|A=1|-D|B=x#y"},
        {"external includes", FLAGS_CL, "/external:Iwdk /external:W0 -imsvcsdk",
         "-isystem|/no/wdk|-isystem|/no/sdk"},
        {"behind /link everything is the linker's", FLAGS_CL, "/DA /link /DB", "-D|A"},
        {"options for clang in clang-cl", FLAGS_CL, "/clang:-fshort-wchar -Xclang -DA",
         "-fshort-wchar"},
        {"our own flags are kept as they are", FLAGS_CLANG, "-Iinc -Wno-foo -Xclang -bar -fblocks",
         "-I|/no/inc|-Wno-foo|-Xclang|-bar|-fblocks"},
        {"an own flag without its value is clang's business", FLAGS_CLANG, "-DA -I", "-D|A|-I"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        string_list args = {0};
        struct flag_set set = {0};
        command_split(arena, cases[i].command, true, &args);
        flags_take(arena, &set, cases[i].style, "/no", args.items, args.len);
        CHECK_TEXT(join(arena, &set.flags), cases[i].want, cases[i].why);
    }
}

static void test_language(struct arena *arena)
{
    static const struct {
        enum flag_style style;
        const char *command;
        enum language want;
    } cases[] = {
        {FLAGS_GCC, "-x c++", LANGUAGE_CXX},      {FLAGS_GCC, "-xc", LANGUAGE_C},
        {FLAGS_CL, "/TP", LANGUAGE_CXX},          {FLAGS_CL, "/Tca.txt", LANGUAGE_C},
        {FLAGS_GCC, "-c", LANGUAGE_BY_EXTENSION},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        string_list args = {0};
        struct flag_set set = {0};
        command_split(arena, cases[i].command, false, &args);
        flags_take(arena, &set, cases[i].style, "/no", args.items, args.len);
        CHECK(set.language == cases[i].want, cases[i].command);
        CHECK(set.flags.len == 0, "the language is no flag");
    }
}

static void test_style(void)
{
    static const struct {
        const char *program;
        enum flag_style want;
    } cases[] = {
        {"cl", FLAGS_CL},
        {"C:\\VC\\bin\\CL.EXE", FLAGS_CL},
        {"/usr/bin/clang-cl-19", FLAGS_CL},
        {"clang-cl.exe", FLAGS_CL},
        {"clang", FLAGS_GCC},
        {"x86_64-w64-mingw32-gcc.exe", FLAGS_GCC},
        {"ccl", FLAGS_GCC},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        CHECK(flags_style_of(cases[i].program) == cases[i].want, cases[i].program);
}

static void test_glob(void)
{
    static const struct {
        const char *pattern, *name;
        bool want;
    } cases[] = {
        {"*.c", "a.c", true},
        {"*.c", "d/a.c", false},
        {"*.c", "a.cpp", false},
        {"d/*.c", "d/a.c", true},
        {"**/*.c", "a.c", true},
        {"**/*.c", "x/y/a.c", true},
        {"d/**/a.c", "d/a.c", true},
        {"d/**/a.c", "d/e/a.c", true},
        {"d/**/a.c", "a.c", false},
        {"?.c", "a.c", true},
        {"?.c", "ab.c", false},
        {"d?a.c", "d/a.c", false},
        {"mp*_*.c", "mp_x_y.c", true},
        {"*", "", true},
        {"a", "ab", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        CHECK(glob_match(cases[i].pattern, cases[i].name) == cases[i].want, cases[i].pattern);
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    test_split(&arena);
    test_translation(&arena);
    test_language(&arena);
    test_style();
    test_glob();
    arena_finish(&arena);
    return check_status();
}
