/* Classes of WMI: a driver describes its data in a *.mof file, from which the kit's tools make a
 * header with a structure, a GUID and some constants per class. Here the same is made of the file
 * itself. Of the Managed Object Format just what such files consist of is read: classes, their
 * qualifiers, and members of simple types. */
#include "frontend/internal.h"

#include "base/path.h"
#include "frontend/token.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Between '[' and ']' in front of a class or a member. */
struct qualifiers {
    const char *guid, *header_name;        /* NULL: none */
    unsigned long data_id, method_id, max; /* 0: none */
};

struct member {
    unsigned long id;
    const char *type, *name;
    const char *dimension; /* "" or "[n]" */
};

struct mof_reader {
    struct arena *arena;
    struct text text;
    struct token token;
};

static void next(struct mof_reader *r)
{
    r->token = token_solid(r->text, token_end(r->token));
}

static bool is(const struct mof_reader *r, const char *spelling)
{
    return token_is(r->text, r->token, spelling);
}

static bool is_end(const struct mof_reader *r)
{
    return r->token.kind == TOKEN_END;
}

static const char *spelling(const struct mof_reader *r)
{
    return arena_strndup(r->arena, r->text.bytes + r->token.start, r->token.length);
}

/* Moves behind the bracket that closes the one at the token. */
static void pass_brackets(struct mof_reader *r)
{
    r->token = token_solid(r->text, token_closing_end(r->text, r->token.start));
}

/* -- qualifiers -- */

/* NAME(VALUE) in a list of qualifiers. */
static void read_qualifier(struct mof_reader *r, const char *name, struct qualifiers *qualifiers)
{
    struct mof_reader value = *r;
    next(&value);
    const char *text = spelling(&value);
    size_t length = strlen(text);
    if (value.token.kind == TOKEN_LITERAL && length >= 2)
        text = arena_strndup(r->arena, text + 1, length - 2);
    if (!strcasecmp(name, "guid"))
        qualifiers->guid = text;
    else if (!strcasecmp(name, "HeaderName"))
        qualifiers->header_name = text;
    else if (!strcasecmp(name, "WmiDataId"))
        qualifiers->data_id = strtoul(text, NULL, 0);
    else if (!strcasecmp(name, "WmiMethodId"))
        qualifiers->method_id = strtoul(text, NULL, 0);
    else if (!strcasecmp(name, "max"))
        qualifiers->max = strtoul(text, NULL, 0);
    pass_brackets(r);
}

static struct qualifiers read_qualifiers(struct mof_reader *r)
{
    struct qualifiers qualifiers = {0};
    while (is(r, "[")) {
        next(r);
        while (!is(r, "]") && !is_end(r)) {
            const char *name = r->token.kind == TOKEN_WORD ? spelling(r) : "";
            next(r);
            if (is(r, "("))
                read_qualifier(r, name, &qualifiers);
            else if (is(r, "{"))
                pass_brackets(r);
        }
        next(r);
    }
    return qualifiers;
}

/* -- members -- */

static const struct {
    const char *mof, *c, *dimension;
} types[] = {
    {"boolean", "BOOLEAN", ""}, {"uint8", "UCHAR", ""},        {"sint8", "CHAR", ""},
    {"uint16", "USHORT", ""},   {"sint16", "SHORT", ""},       {"char16", "WCHAR", ""},
    {"uint32", "ULONG", ""},    {"sint32", "LONG", ""},        {"uint64", "ULONGLONG", ""},
    {"sint64", "LONGLONG", ""}, {"real32", "float", ""},       {"real64", "double", ""},
    {"string", "CHAR", "[1]"},  {"datetime", "WCHAR", "[25]"},
};

static struct member member_of_type(const char *type)
{
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (!strcasecmp(type, types[i].mof))
            return (struct member){.type = types[i].c, .dimension = types[i].dimension};
    return (struct member){.type = type, .dimension = ""}; /* another class */
}

/* TYPE NAME; with an array's size or an initial value. Moves behind the ';'. False for methods and
 * what has no place in the data. */
static bool read_member(struct mof_reader *r, struct member *ret_member)
{
    struct qualifiers qualifiers = read_qualifiers(r);
    const char *type = spelling(r);
    next(r);
    if (is(r, ":")) { /* object:Class */
        next(r);
        type = spelling(r);
        next(r);
    }
    struct member member = member_of_type(type);
    member.name = spelling(r);
    member.id = qualifiers.data_id;
    next(r);
    if (is(r, "[")) {
        struct mof_reader size = *r;
        next(&size);
        unsigned long count = strtoul(spelling(&size), NULL, 0);
        count = count ? count : qualifiers.max ? qualifiers.max : 1;
        member.dimension = arena_printf(r->arena, "[%lu]%s", count, member.dimension);
        pass_brackets(r);
    }
    bool is_data = member.id && !is(r, "(");
    while (!is(r, ";") && !is(r, "}") && !is_end(r))
        next(r);
    if (is(r, ";"))
        next(r);
    *ret_member = member;
    return is_data;
}

/* -- classes -- */

static int compare_members(const void *a, const void *b)
{
    const struct member *left = a, *right = b;
    return left->id < right->id ? -1 : left->id > right->id;
}

/* "{8F4D3DFA-06C0-4520-88C1-5F18184BEB09}" as an initializer; NULL if it is none. */
static const char *guid_initializer(struct arena *arena, const char *text)
{
    static const unsigned char widths[] = {8, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2};
    const char *result = "{", *at = text;
    for (size_t i = 0; i < ARRAY_LEN(widths); i++) {
        at += strspn(at, "{- ");
        for (size_t k = 0; k < widths[i]; k++)
            if (!isxdigit((unsigned char)at[k]))
                return NULL;
        result = arena_printf(arena, "%s%s%s0x%.*s", result, i ? ", " : "", i == 3 ? "{" : "",
                              (int)widths[i], at);
        at += widths[i];
    }
    return arena_printf(arena, "%s}}", result);
}

static const char *structure_text(struct arena *arena, const char *name,
                                  const struct member *members, size_t count)
{
    const char *text = arena_printf(arena, "typedef struct _%s {\n", name);
    for (size_t i = 0; i < count; i++) {
        const struct member *m = &members[i];
        text = arena_printf(arena,
                            "%s    %s %s%s;\n"
                            "#define %s_%s_SIZE sizeof(((struct _%s *)0)->%s)\n"
                            "#define %s_%s_ID %lu\n",
                            text, m->type, m->name, m->dimension, name, m->name, name, m->name,
                            name, m->name, m->id);
    }
    const char *last = members[count - 1].name;
    return arena_printf(arena,
                        "%s} %s, *P%s;\n"
                        "#define %s_SIZE ((ULONG)(ULONG_PTR)&((%s *)0)->%s + %s_%s_SIZE)\n",
                        text, name, name, name, name, last, name, last);
}

/* At the name behind "class"; moves behind the class. */
static const char *read_class(struct mof_reader *r, const struct qualifiers *qualifiers)
{
    const char *name = qualifiers->header_name ? qualifiers->header_name : spelling(r);
    while (!is(r, "{") && !is(r, ";") && !is_end(r))
        next(r);
    if (!is(r, "{"))
        return "";
    next(r);
    VEC(struct member) members = {0};
    while (!is(r, "}") && !is_end(r)) {
        struct member member;
        if (read_member(r, &member))
            vec_push(r->arena, &members, member);
    }
    const char *text = "";
    const char *guid = qualifiers->guid ? guid_initializer(r->arena, qualifiers->guid) : NULL;
    if (guid)
        text = arena_printf(r->arena,
                            "#define %sGuid %s\n"
                            "static const GUID %s_GUID = %sGuid;\n",
                            name, guid, name, name);
    if (members.len == 0)
        return text;
    qsort(members.items, members.len, sizeof(struct member), compare_members);
    return arena_printf(r->arena, "%s%s", text,
                        structure_text(r->arena, name, members.items, members.len));
}

/* Such files are often in UTF-16; their names are ASCII. */
static struct text narrow(struct arena *arena, const char *bytes, size_t length)
{
    if (length < 2 || (unsigned char)bytes[0] != 0xff || (unsigned char)bytes[1] != 0xfe)
        return (struct text){bytes, length};
    char *out = arena_alloc(arena, length / 2);
    for (size_t i = 2; i + 1 < length; i += 2)
        out[i / 2 - 1] = bytes[i + 1] ? '?' : bytes[i];
    return (struct text){out, length / 2 - 1};
}

/* `#pragma namespace("\\\\.\\root\\wmi")` and the like. */
static void pass_line(struct mof_reader *r)
{
    const char *bytes = r->text.bytes;
    size_t at = r->token.start;
    while (at < r->text.size && bytes[at] != '\n')
        at++;
    r->token = token_solid(r->text, at);
}

void mof_read(struct arena *arena, struct mof *mof, const char *name, const char *bytes,
              size_t length)
{
    struct mof_reader r = {.arena = arena, .text = narrow(arena, bytes, length)};
    r.token = token_solid(r.text, 0);
    while (!is_end(&r)) {
        if (is(&r, "#")) {
            pass_line(&r);
            continue;
        }
        struct qualifiers qualifiers = read_qualifiers(&r);
        bool is_class = r.token.kind == TOKEN_WORD && !strcasecmp(spelling(&r), "class");
        if (!is_end(&r))
            next(&r);
        if (is_class)
            mof->text = arena_printf(arena, "%s%s", mof->text ? mof->text : "",
                                     read_class(&r, &qualifiers));
    }
    vec_push(arena, &mof->stems,
             arena_strndup(arena, name, strlen(name) - strlen(path_extension(name))));
}

bool mof_makes(const struct mof *mof, const char *header)
{
    const char *name = path_base(header);
    if (!mof->text || strcasecmp(path_extension(name), ".h"))
        return false;
    for (size_t i = 0; i < mof->stems.len; i++)
        if (strcasestr(name, mof->stems.items[i]))
            return true;
    return strcasestr(name, "mof") || strcasestr(name, "wmi");
}

char *mof_header(struct arena *arena, const struct mof *mof)
{
    return arena_printf(arena, "#pragma once\n%s", mof->text ? mof->text : "");
}
