#include "frontend/repair_internal.h"

#include <ctype.h>
#include <string.h>

struct missing_name *missing_name(struct repair *repair, const char *name)
{
    for (size_t i = 0; i < repair->names.len; i++)
        if (!strcmp(repair->names.items[i].name, name))
            return &repair->names.items[i];
    return NULL;
}

const char *quoted_name(struct repair *repair, const char *message)
{
    const char *start = strchr(message, '\'');
    const char *end = start ? strchr(start + 1, '\'') : NULL;
    if (!end)
        return NULL;
    for (const char *at = start + 1; at < end; at++)
        if (!token_is_word_byte(*at))
            return NULL;
    return arena_strndup(repair->arena, start + 1, (size_t)(end - start - 1));
}

/* `(NAME)x` or `(NAME *)x`. */
static bool looks_like_type(struct text text, size_t at)
{
    size_t before = at;
    while (before > 0 && isspace((unsigned char)text.bytes[before - 1]))
        before--;
    if (!before || text.bytes[before - 1] != '(')
        return false;
    struct token token = token_solid(text, token_end(token_at(text, at)));
    bool pointer = token_is(text, token, "*");
    while (token_is(text, token, "*"))
        token = token_solid(text, token_end(token));
    if (!token_is(text, token, ")"))
        return false;
    token = token_solid(text, token_end(token));
    return pointer || token.kind == TOKEN_WORD || token.kind == TOKEN_LITERAL ||
           token_is(text, token, "(") || token_is(text, token, "&");
}

static bool is_name(struct text text, struct token token)
{
    char first = token.kind == TOKEN_WORD ? text.bytes[token.start] : '0';
    return first < '0' || first > '9';
}

/* `NAME T x`: something that stands in front of a type is an annotation, not a type. */
static bool is_before_type(struct text text, struct token next)
{
    struct token behind = token_solid(text, token_end(next));
    return is_name(text, next) && is_name(text, behind);
}

struct typedef_search {
    struct repair *repair;
    const char *name;
    bool found;
};

static enum CXChildVisitResult find_typedef(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct typedef_search *search = data;
    search->found |= clang_getCursorKind(cursor) == CXCursor_TypedefDecl &&
                     !strcmp(intern_cxstring(search->repair->r, clang_getCursorSpelling(cursor)),
                             search->name);
    return search->found ? CXChildVisit_Break : CXChildVisit_Continue;
}

/* Is there a type of that name anywhere in the source? */
static bool is_declared(struct repair *repair, const char *name)
{
    struct typedef_search search = {repair, name, false};
    clang_visitChildren(clang_getTranslationUnitCursor(repair->r->unit), find_typedef, &search);
    return search.found;
}

bool declare_name(struct repair *repair, const struct issue *issue, bool type)
{
    const char *name = quoted_name(repair, issue->text);
    struct missing_name *known = name ? missing_name(repair, name) : NULL;
    bool again = type && known && known->kind == NAME_DROPPED && !known->again &&
                 !is_declared(repair, name);
    if (again || (type && known && known->kind == NAME_VALUE)) {
        known->again = again; /* what declares it further down has been left out */
        known->kind = NAME_TYPE;
        known->round = repair->round;
        return repair->names_changed = true;
    }
    if (!name || known)
        return known && known->round == repair->round; /* else declaring it did not help */
    struct text text = text_of_file(repair->r, issue->at.file);
    struct token next = token_solid(text, token_end(token_at(text, issue->at.offset)));
    if (!type && repair->r->cxx && (token_is(text, next, "(") || token_is(text, next, "::")))
        return false;
    bool empty = type && is_before_type(text, next);
    type = type || looks_like_type(text, issue->at.offset) || is_name(text, next);
    vec_push(repair->arena, &repair->names,
             (struct missing_name){
                 .name = name, .kind = empty ? NAME_EMPTY : type ? NAME_TYPE : NAME_VALUE, .round = repair->round});
    repair->names_changed = true;
    tell(repair, issue, OMISSION_NAME,
         arena_printf(repair->arena, "'%s' is not declared; it is taken %s", name,
                      empty  ? "for nothing"
                      : type ? "as an unknown type"
                             : "as an unknown value"));
    vec_last(&repair->names).told = repair->omissions.len - 1;
    vec_last(&repair->names).note = repair->diag.messages.len - 1;
    return true;
}

/* Missing names that stand for values become constants, each different from all others. In an initial
 * value, where an address will do, they are functions at first. */
static bool become_constant(struct repair *repair, struct missing_name *name, bool initial)
{
    bool may = name && (name->kind == NAME_VALUE || name->kind == NAME_FUNCTION);
    if (may && name->round != repair->round) {
        name->kind = name->kind == NAME_VALUE && initial ? NAME_FUNCTION : NAME_CONSTANT;
        name->round = repair->round;
        return repair->names_changed = true;
    }
    return may || (name && name->kind == NAME_CONSTANT && name->round == repair->round);
}

bool make_constant(struct repair *repair, const struct issue *issue, struct text text,
                   struct span span)
{
    bool changed = false, initial = !strncmp(issue->text, "initializer element", 19);
    if (!strstr(issue->text, "constant") && !strstr(issue->text, "variable length array"))
        return false;
    if (span.end < text.size)
        text.size = span.end;
    for (struct token token = token_at(text, span.start); token.kind != TOKEN_END;
         token = token_at(text, token_end(token)))
        if (token.kind == TOKEN_WORD)
            changed |= become_constant(
                repair, missing_name(repair, arena_strndup(repair->arena, text.bytes + token.start,
                                                           token.length)),
                initial);
    for (size_t i = 0; !changed && i < repair->names.len; i++)
        changed |= become_constant(repair, &repair->names.items[i], initial);
    return changed;
}

static bool is_pointer_name(const char *name)
{
    size_t length = strlen(name);
    bool upper = isupper((unsigned char)name[0]) && isupper((unsigned char)name[1]);
    bool handle = length >= 6 && !strcmp(name + length - 6, "HANDLE");
    return handle || (name[0] == 'P' && upper);
}

void write_prelude(struct repair *repair)
{
    static const char c[] = "#define register\n"
                            "unsigned long long drvlint_hole_value(void);\n"
                            "void drvlint_hole(const char *, ...);\n"
                            "#define " REPAIR_UNKNOWN " drvlint_hole_value()\n";
    static const char cxx[] =
        "#define register\n"
        "extern \"C\" unsigned long long drvlint_hole_value(void);\n"
        "extern \"C\" void drvlint_hole(const char *, ...);\n"
        "struct drvlint_unknown { template <class T> operator T() const; };\n"
        "#define " REPAIR_UNKNOWN " drvlint_unknown()\n";
    const char *text = repair->r->cxx ? cxx : c;
    for (size_t i = 0; i < repair->names.len; i++) {
        const struct missing_name *name = &repair->names.items[i];
        switch (name->kind) {
        case NAME_VALUE:
            text = arena_printf(repair->arena,
                                "%sextern const unsigned long long %s __asm__(\"%s%s\");\n",
                                text, name->name, FRONTEND_MISSING, name->name);
            break;
        case NAME_FUNCTION:
            text = arena_printf(repair->arena,
                                "%sunsigned long long %s() __asm__(\"%s%s\");\n", text,
                                name->name, FRONTEND_MISSING, name->name);
            break;
        case NAME_CONSTANT:
            text = arena_printf(repair->arena, "%senum { %s = %u };\n", text, name->name,
                                0x6d697373u + (unsigned)i);
            break;
        case NAME_TYPE:
            text = arena_printf(repair->arena, "%stypedef %s %s;\n", text,
                                is_pointer_name(name->name) ? "void *" : "long long",
                                name->name);
            break;
        case NAME_EARLY:
            text = arena_printf(repair->arena, "%stypedef %s %s;\n", text, name->type, name->name);
            break;
        case NAME_EMPTY:
            text = arena_printf(repair->arena, "%s#define %s\n", text, name->name);
            break;
        case NAME_DROPPED:
            break;
        }
    }
    text = arena_printf(repair->arena, "%s%s", text, holes_define(repair));
    store_text(repair, REPAIR_PRELUDE, text, strlen(text));
}
