#include "project/internal.h"

#include "base/path.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum form {
    ALONE,  /* the option is the whole argument */
    JOINED, /* its value follows in the same argument */
    EITHER, /* its value follows in the same argument or is the next one */
};

enum action {
    KEEP,       /* as it is written in the table's last column, with its value joined */
    KEEP_VALUE, /* that option and its value as two arguments */
    KEEP_MACRO, /* the same; cl.exe writes '#' for '=' where shells eat the latter */
    KEEP_PATH,  /* the same; the value is a directory */
    KEEP_FILE,  /* the same; the value is a file, or one to be found on the include path */
    STANDARD,   /* cl.exe's names of language standards */
    LANGUAGE,   /* clang's names of languages */
    IS_C,
    IS_CXX,
    PASS_ON, /* the value is an option for clang */
    SKIP,    /* the option and the next argument say nothing about the source */
    STOP,    /* what follows is for the linker */
};

/* The first row that fits counts. Everything that no row fits is dropped, or kept for FLAGS_CLANG.
 */
struct option_row {
    const char *spelling;
    enum form form;
    enum action action;
    const char *clang; /* NULL: as spelled */
};

static const struct option_row gcc_rows[] = {
    {"-include-pch", ALONE, SKIP, NULL},
    {"-I", EITHER, KEEP_PATH, NULL},
    {"-isystem", EITHER, KEEP_PATH, NULL},
    {"-iquote", EITHER, KEEP_PATH, NULL},
    {"-idirafter", EITHER, KEEP_PATH, NULL},
    {"-include", EITHER, KEEP_FILE, NULL},
    {"-imacros", EITHER, KEEP_FILE, NULL},
    {"-D", EITHER, KEEP_VALUE, NULL},
    {"-U", EITHER, KEEP_VALUE, NULL},
    {"-x", EITHER, LANGUAGE, NULL},
    {"-std=", JOINED, KEEP, NULL},
    {"-Xclang", ALONE, SKIP, NULL},
    {"-Xpreprocessor", ALONE, SKIP, NULL},
    {"-fcommon", ALONE, KEEP, NULL},
    {"-fdelayed-template-parsing", ALONE, KEEP, NULL},
    {"-fexceptions", ALONE, KEEP, NULL},
    {"-fgnu89-inline", ALONE, KEEP, NULL},
    {"-fms-compatibility", JOINED, KEEP, NULL}, /* also -fms-compatibility-version= */
    {"-fms-extensions", ALONE, KEEP, NULL},
    {"-fno-delayed-template-parsing", ALONE, KEEP, NULL},
    {"-fno-exceptions", ALONE, KEEP, NULL},
    {"-fno-rtti", ALONE, KEEP, NULL},
    {"-fno-short-wchar", ALONE, KEEP, NULL},
    {"-fpack-struct=", JOINED, KEEP, NULL},
    {"-fshort-enums", ALONE, KEEP, NULL},
    {"-fshort-wchar", ALONE, KEEP, NULL},
    {"-fsigned-char", ALONE, KEEP, NULL},
    {"-funsigned-bitfields", ALONE, KEEP, NULL},
    {"-funsigned-char", ALONE, KEEP, NULL},
};

/* Spelled with '-'; cl.exe takes '/' as well. */
static const struct option_row cl_rows[] = {
    {"-external:I", EITHER, KEEP_PATH, "-isystem"},
    {"-imsvc", EITHER, KEEP_PATH, "-isystem"},
    {"-isystem", EITHER, KEEP_PATH, NULL},
    {"-FI", EITHER, KEEP_FILE, "-include"},
    {"-I", EITHER, KEEP_PATH, NULL},
    {"-D", EITHER, KEEP_MACRO, NULL},
    {"-U", EITHER, KEEP_VALUE, NULL},
    {"-std:", JOINED, STANDARD, "-std="},
    {"-std=", JOINED, KEEP, NULL},
    {"-TC", ALONE, IS_C, NULL},
    {"-TP", ALONE, IS_CXX, NULL},
    {"-Tc", JOINED, IS_C, NULL},
    {"-Tp", JOINED, IS_CXX, NULL},
    {"-J", ALONE, KEEP, "-funsigned-char"},
    {"-Zp", JOINED, KEEP, "-fpack-struct="},
    {"-GR-", ALONE, KEEP, "-fno-rtti"},
    {"-clang:", JOINED, PASS_ON, NULL},
    {"-Xclang", ALONE, SKIP, NULL},
    {"-link", ALONE, STOP, NULL},
};

static const struct {
    const char *cl, *clang;
} standards[] = {
    {"c11", "c11"},     {"c17", "c17"},     {"clatest", "c2x"},        {"c++14", "c++14"},
    {"c++17", "c++17"}, {"c++20", "c++20"}, {"c++23preview", "c++2b"}, {"c++latest", "c++2b"},
};

enum flag_style flags_style_of(const char *program)
{
    const char *base = path_base(program);
    size_t length = strlen(base);
    if (length > 4 && strcasecmp(base + length - 4, ".exe") == 0)
        length -= 4;
    bool cl = (length == 2 && strncasecmp(base, "cl", 2) == 0) ||
              (length >= 8 && strncasecmp(base, "clang-cl", 8) == 0);
    return cl ? FLAGS_CL : FLAGS_GCC;
}

bool flag_has_path(const char *flag)
{
    for (size_t i = 0; i < ARRAY_LEN(gcc_rows); i++)
        if (strcmp(flag, gcc_rows[i].spelling) == 0)
            return gcc_rows[i].action == KEEP_PATH || gcc_rows[i].action == KEEP_FILE;
    return false;
}

const char *locate(struct arena *arena, const char *directory, const char *name)
{
    const char *path = path_normalize(arena, path_join(arena, directory, name));
    if (path_exists(path) || path[0] != '/')
        return path;
    const char *found = path_find_nocase(arena, "/", path + 1);
    return found ? found : path;
}

static bool fits(const struct option_row *row, const char *arg, bool slash)
{
    if (slash ? (*arg != '/' && *arg != '-') : *arg != '-')
        return false;
    size_t length = strlen(row->spelling);
    if (strncmp(arg + 1, row->spelling + 1, length - 1) != 0)
        return false;
    return row->form != ALONE || arg[length] == '\0';
}

static const struct option_row *find_row(const struct option_row *rows, size_t count,
                                         const char *arg, bool slash)
{
    for (size_t i = 0; i < count; i++)
        if (fits(&rows[i], arg, slash))
            return &rows[i];
    return NULL;
}

static void push(struct arena *arena, struct flag_set *set, const char *flag, const char *value)
{
    vec_push(arena, &set->flags, arena_strdup(arena, flag));
    if (value)
        vec_push(arena, &set->flags, arena_strdup(arena, value));
}

static const char *macro(struct arena *arena, const char *value)
{
    char *copy = arena_strdup(arena, value);
    char *hash = strchr(copy, '#'), *equals = strchr(copy, '=');
    if (hash && !equals)
        *hash = '=';
    return copy;
}

/* "-include wpp.h" may mean a file beside the source or one on the include path. */
static const char *forced_include(struct arena *arena, const char *directory, const char *value)
{
    const char *path = locate(arena, directory, value);
    return path_exists(path) ? path : value;
}

static void take_standard(struct arena *arena, struct flag_set *set, const char *value)
{
    for (size_t i = 0; i < ARRAY_LEN(standards); i++)
        if (strcmp(value, standards[i].cl) == 0)
            push(arena, set, arena_printf(arena, "-std=%s", standards[i].clang), NULL);
}

static void take_language(struct flag_set *set, const char *value)
{
    if (strcmp(value, "c") == 0)
        set->language = LANGUAGE_C;
    else if (strcmp(value, "c++") == 0)
        set->language = LANGUAGE_CXX;
}

/* Does what the row says. `value` is NULL if the option has none. */
static void take(struct arena *arena, struct flag_set *set, const struct option_row *row,
                 const char *directory, const char *value)
{
    const char *clang = row->clang ? row->clang : row->spelling;
    if (!value && row->form == EITHER)
        return; /* the last argument, and its value is missing */
    switch (row->action) {
    case KEEP:
        push(arena, set, value ? arena_printf(arena, "%s%s", clang, value) : clang, NULL);
        break;
    case KEEP_VALUE:
        push(arena, set, clang, value);
        break;
    case KEEP_MACRO:
        push(arena, set, clang, macro(arena, value));
        break;
    case KEEP_PATH:
        push(arena, set, clang, locate(arena, directory, value));
        break;
    case KEEP_FILE:
        push(arena, set, clang, forced_include(arena, directory, value));
        break;
    case STANDARD:
        take_standard(arena, set, value);
        break;
    case LANGUAGE:
        take_language(set, value);
        break;
    case IS_C:
        set->language = LANGUAGE_C;
        break;
    case IS_CXX:
        set->language = LANGUAGE_CXX;
        break;
    case PASS_ON:
        flags_take(arena, set, FLAGS_GCC, directory, &value, 1);
        break;
    case SKIP:
    case STOP:
        break;
    }
}

void flags_take(struct arena *arena, struct flag_set *set, enum flag_style style,
                const char *directory, const char *const *args, size_t nargs)
{
    bool cl = style == FLAGS_CL;
    const struct option_row *rows = cl ? cl_rows : gcc_rows;
    size_t nrows = cl ? ARRAY_LEN(cl_rows) : ARRAY_LEN(gcc_rows);
    for (size_t i = 0; i < nargs; i++) {
        const struct option_row *row = find_row(rows, nrows, args[i], cl);
        if (row && row->action == STOP)
            return;
        if (style == FLAGS_CLANG && (!row || row->action == SKIP)) {
            push(arena, set, args[i], row && i + 1 < nargs ? args[i + 1] : NULL);
            i += row != NULL;
            continue;
        }
        if (!row)
            continue;
        const char *value = row->form == ALONE ? NULL : args[i] + strlen(row->spelling);
        if (row->form == EITHER && !*value)
            value = i + 1 < nargs ? args[++i] : NULL;
        i += row->action == SKIP;
        if (!value && row->form == EITHER && style == FLAGS_CLANG)
            push(arena, set, args[i], NULL); /* clang says what is missing */
        take(arena, set, row, directory, value);
    }
}

/* One argument of a POSIX shell's command line. */
static const char *split_posix(const char *in, char **out)
{
    char quote = 0;
    for (; *in && (quote || !isspace((unsigned char)*in)); in++) {
        if (quote ? *in == quote : (*in == '\'' || *in == '"')) {
            quote = quote ? 0 : *in;
        } else if (*in == '\\' && in[1] && quote != '\'' && (!quote || strchr("\"\\$`", in[1]))) {
            *(*out)++ = *++in;
        } else {
            *(*out)++ = *in;
        }
    }
    return in;
}

/* One argument as the C start-up code of Windows reads it: backslashes are special only before a
 * quote, and two quotes within quotes stand for one. */
static const char *split_windows(const char *in, char **out)
{
    bool quoted = false;
    while (*in && (quoted || !isspace((unsigned char)*in))) {
        size_t slashes = strspn(in, "\\");
        in += slashes;
        bool quote = *in == '"';
        for (size_t i = 0; i < (quote ? slashes / 2 : slashes); i++)
            *(*out)++ = '\\';
        if (quote && slashes % 2) {
            *(*out)++ = *in++;
        } else if (quote && quoted && in[1] == '"') {
            *(*out)++ = '"';
            in += 2;
        } else if (quote) {
            quoted = !quoted;
            in++;
        } else if (*in && (quoted || !isspace((unsigned char)*in))) {
            *(*out)++ = *in++;
        }
    }
    return in;
}

void command_split(struct arena *arena, const char *command, bool windows, string_list *args)
{
    /* No argument is longer than its text, and its NUL takes the place of a separator. */
    char *out = arena_alloc(arena, strlen(command) + 1);
    for (;;) {
        while (isspace((unsigned char)*command))
            command++;
        if (!*command)
            return;
        vec_push(arena, args, out);
        command = windows ? split_windows(command, &out) : split_posix(command, &out);
        *out++ = '\0';
    }
}
