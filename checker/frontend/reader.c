#include "frontend/reader.h"

#include "base/path.h"

#include <string.h>

static enum CXChildVisitResult collect(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct children *children = data;
    children->items[children->count++] = cursor;
    return children->count < MAX_CHILDREN ? CXChildVisit_Continue : CXChildVisit_Break;
}

struct children children_of(CXCursor cursor)
{
    struct children children;
    children.count = 0;
    clang_visitChildren(cursor, collect, &children);
    return children;
}

CXCursor strip_parens(CXCursor cursor)
{
    while (clang_getCursorKind(cursor) == CXCursor_ParenExpr) {
        struct children children = children_of(cursor);
        if (children.count != 1)
            break;
        cursor = children.items[0];
    }
    return cursor;
}

CXCursor strip_casts(CXCursor cursor)
{
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        bool wrapper = kind == CXCursor_ParenExpr || kind == CXCursor_UnexposedExpr ||
                       kind == CXCursor_CStyleCastExpr || kind == CXCursor_CXXStaticCastExpr ||
                       kind == CXCursor_CXXReinterpretCastExpr;
        if (!wrapper)
            return cursor;
        /* The operand comes behind references to the types in a cast. */
        struct children children = children_of(cursor);
        if (!children.count || children.count == MAX_CHILDREN)
            return cursor;
        CXCursor last = children.items[children.count - 1];
        if (!clang_isExpression(clang_getCursorKind(last)))
            return cursor;
        cursor = last;
    }
}

struct spot spot_of(CXSourceLocation location)
{
    struct spot spot;
    clang_getExpansionLocation(location, &spot.file, &spot.line, &spot.column, &spot.offset);
    return spot;
}

struct spot spelling_of(CXSourceLocation location)
{
    struct spot spot;
    clang_getSpellingLocation(location, &spot.file, &spot.line, &spot.column, &spot.offset);
    return spot;
}

bool same_spot(struct spot a, struct spot b)
{
    return a.offset == b.offset && (a.file == b.file || clang_File_isEqual(a.file, b.file));
}

struct spot start_of(CXCursor cursor)
{
    return spot_of(clang_getRangeStart(clang_getCursorExtent(cursor)));
}

bool starts_in_macro(CXCursor cursor)
{
    CXSourceLocation start = clang_getRangeStart(clang_getCursorExtent(cursor));
    return !same_spot(spot_of(start), spelling_of(start));
}

struct text text_of_file(struct reader *r, CXFile file)
{
    struct text text = {0};
    if (file)
        text.bytes = clang_getFileContents(r->unit, file, &text.size);
    if (!text.bytes)
        text = (struct text){"", 0};
    return text;
}

const char *intern_cxstring(struct reader *r, CXString string)
{
    const char *text = intern(&r->names, clang_getCString(string));
    clang_disposeString(string);
    return text;
}

const char *path_of_file(struct reader *r, CXFile file)
{
    if (!file)
        return NULL;
    uint64_t *slot = map_slot(&r->files, r->arena, (uint64_t)(uintptr_t)file);
    if (!*slot) {
        CXString name = clang_getFileName(file);
        const char *text = clang_getCString(name);
        const char *path = path_normalize(r->arena, text ? text : "");
        clang_disposeString(name);
        *slot = (uint64_t)(uintptr_t)intern(&r->names, path);
    }
    return (const char *)(uintptr_t)*slot;
}

struct place place_of_spot(struct reader *r, struct spot spot)
{
    struct place place = {
        .file = path_of_file(r, spot.file), .line = spot.line, .column = spot.column};
    if (!r->has_line_directives || !spot.file)
        return place;
    CXString name;
    unsigned line, column;
    clang_getPresumedLocation(clang_getLocationForOffset(r->unit, spot.file, spot.offset), &name,
                              &line, &column);
    const char *text = clang_getCString(name);
    if (text && *text)
        place = (struct place){.file = intern(&r->names, path_normalize(r->arena, text)),
                               .line = line,
                               .column = column};
    clang_disposeString(name);
    return place;
}
