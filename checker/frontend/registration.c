/* Registrations: where a member of a structure gets the address of a function. */
#include "frontend/reader.h"

#include <string.h>

typedef VEC(CXCursor) cursors;

struct collection {
    struct arena *arena;
    cursors *into;
};

static enum CXChildVisitResult collect_child(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct collection *collection = data;
    vec_push(collection->arena, collection->into, cursor);
    return CXChildVisit_Continue;
}

static cursors all_children(struct reader *r, CXCursor cursor)
{
    cursors children = {0};
    clang_visitChildren(cursor, collect_child, &(struct collection){r->arena, &children});
    return children;
}

static enum CXVisitorResult collect_field(CXCursor cursor, CXClientData data)
{
    struct collection *collection = data;
    /* An unnamed bit-field is padding, which no initializer names. */
    CXString name = clang_getCursorSpelling(cursor);
    bool padding = clang_Cursor_isBitField(cursor) && !*clang_getCString(name);
    clang_disposeString(name);
    if (!padding)
        vec_push(collection->arena, collection->into, cursor);
    return CXVisit_Continue;
}

static cursors fields_of(struct reader *r, CXType record)
{
    cursors fields = {0};
    clang_Type_visitFields(record, collect_field, &(struct collection){r->arena, &fields});
    return fields;
}

/* The structure that a member belongs to for the reader of the source: the innermost with a name.
 */
static const char *record_of(struct reader *r, CXCursor field)
{
    CXCursor record = clang_getCursorSemanticParent(field);
    while (clang_Cursor_isAnonymous(record)) {
        CXCursor outer = clang_getCursorSemanticParent(record);
        enum CXCursorKind kind = clang_getCursorKind(outer);
        if (kind != CXCursor_StructDecl && kind != CXCursor_UnionDecl && kind != CXCursor_ClassDecl)
            break;
        record = outer;
    }
    return intern_cxstring(r, clang_getCursorSpelling(record));
}

/* Adds a registration for each function that `value` may be. */
static void register_value(struct reader *r, CXCursor field, CXCursor value, struct spot at)
{
    value = strip_casts(value);
    struct children parts = children_of(value);
    enum CXCursorKind kind = clang_getCursorKind(value);
    if (kind == CXCursor_UnaryOperator && parts.count == 1 &&
        clang_getCursorUnaryOperatorKind(value) == CXUnaryOperator_AddrOf) {
        register_value(r, field, parts.items[0], at);
    } else if (kind == CXCursor_ConditionalOperator && parts.count == 3) {
        register_value(r, field, parts.items[1], at);
        register_value(r, field, parts.items[2], at);
    } else if (kind == CXCursor_BinaryOperator && parts.count == 2 &&
               clang_getCursorBinaryOperatorKind(value) == CXBinaryOperator_Assign) {
        register_value(r, field, parts.items[1], at);
    } else if (kind == CXCursor_DeclRefExpr) {
        CXCursor function = clang_getCursorReferenced(value);
        enum CXCursorKind target = clang_getCursorKind(function);
        if (target != CXCursor_FunctionDecl && target != CXCursor_CXXMethod)
            return;
        vec_push(
            r->arena, &r->facts->registrations,
            (struct registration){.function = intern_cxstring(r, clang_getCursorSpelling(function)),
                                  .field = intern_cxstring(r, clang_getCursorSpelling(field)),
                                  .record = record_of(r, field),
                                  .place = place_of_spot(r, at)});
    }
}

void registration_of_assignment(struct reader *r, CXCursor left, CXCursor right, CXCursor whole)
{
    left = strip_casts(left);
    while (clang_getCursorKind(left) == CXCursor_ArraySubscriptExpr)
        left = strip_casts(children_of(left).items[0]);
    if (clang_getCursorKind(left) != CXCursor_MemberRefExpr)
        return;
    CXCursor field = clang_getCursorReferenced(left);
    if (clang_getCursorKind(field) == CXCursor_FieldDecl)
        register_value(r, field, right, start_of(whole));
}

/* -- initializer lists: C17 6.7.9, with braces left out or not -- */

struct list {
    cursors items;
    size_t next;
};

static void fill_list(struct reader *r, CXType type, CXCursor field, CXCursor list);

static bool is_record(CXType type)
{
    return clang_getCanonicalType(type).kind == CXType_Record;
}

static bool is_array(CXType type)
{
    enum CXTypeKind kind = clang_getCanonicalType(type).kind;
    return kind == CXType_ConstantArray || kind == CXType_IncompleteArray;
}

/* `.Field = x` or `[i] = x`, with what it designates in front of its value. */
static bool is_designated(CXCursor item)
{
    if (clang_getCursorKind(item) != CXCursor_UnexposedExpr)
        return false;
    struct children parts = children_of(item);
    return parts.count > 1 && (clang_getCursorKind(parts.items[0]) == CXCursor_MemberRef ||
                               clang_isExpression(clang_getCursorKind(parts.items[0])));
}

static bool has_more(const struct list *list)
{
    return list->next < list->items.len && !is_designated(list->items.items[list->next]);
}

static void fill_object(struct reader *r, CXType type, CXCursor field, size_t first,
                        struct list *list);

/* Takes what belongs to one member or element of that type. `field` is the member that it is, or is
 * an element of. */
static void fill_member(struct reader *r, CXType type, CXCursor field, struct list *list)
{
    CXCursor item = list->items.items[list->next];
    enum CXCursorKind kind = clang_getCursorKind(item);
    bool whole = kind == CXCursor_InitListExpr ||
                 (is_record(type) && is_record(clang_getCursorType(item))) ||
                 (is_array(type) && kind == CXCursor_StringLiteral);
    if (!whole && (is_record(type) || is_array(type))) {
        size_t before = list->next;
        fill_object(r, type, field, 0, list);
        if (list->next > before)
            return;
    }
    list->next++;
    if (kind == CXCursor_InitListExpr)
        fill_list(r, type, field, item);
    else if (clang_getCursorKind(field) == CXCursor_FieldDecl)
        register_value(r, field, item, start_of(item));
}

/* Takes what belongs to the members or elements of an object from number `first` on. */
static void fill_object(struct reader *r, CXType type, CXCursor field, size_t first,
                        struct list *list)
{
    type = clang_getCanonicalType(type);
    if (is_array(type)) {
        long long size = clang_getArraySize(type);
        for (size_t i = first; has_more(list) && (size < 0 || i < (size_t)size); i++)
            fill_member(r, clang_getArrayElementType(type), field, list);
        return;
    }
    cursors fields = fields_of(r, type);
    if (clang_getCursorKind(clang_getTypeDeclaration(type)) == CXCursor_UnionDecl)
        fields.len = fields.len > 0 && first == 0;
    for (size_t i = first; i < fields.len && has_more(list); i++)
        fill_member(r, clang_getCursorType(fields.items[i]), fields.items[i], list);
}

static size_t field_number(struct reader *r, CXType record, CXCursor field)
{
    cursors fields = fields_of(r, record);
    size_t i = 0;
    while (i < fields.len && !clang_equalCursors(fields.items[i], field))
        i++;
    return i;
}

static size_t constant_index(CXCursor index)
{
    size_t value = 0;
    CXEvalResult result = clang_Cursor_Evaluate(index);
    if (result && clang_EvalResult_getKind(result) == CXEval_Int)
        value = (size_t)clang_EvalResult_getAsUnsigned(result);
    if (result)
        clang_EvalResult_dispose(result);
    return value;
}

/* One step into an object: which member or element of what. */
struct step {
    CXType type;
    CXCursor field; /* as in fill_member(), for the elements of an array */
    size_t number;
};

/* `.a.b[2] = x` and what follows it without a designator of its own: members behind b[2], then
 * behind b, then behind a. */
static void fill_designated(struct reader *r, CXType type, CXCursor field, struct list *list)
{
    VEC(struct step) steps = {0};
    cursors parts = all_children(r, list->items.items[list->next++]);
    for (size_t i = 0; i + 1 < parts.len; i++) {
        struct step step = {.type = clang_getCanonicalType(type), .field = field};
        if (clang_getCursorKind(parts.items[i]) == CXCursor_MemberRef) {
            field = clang_getCursorReferenced(parts.items[i]);
            if (clang_getCursorKind(field) != CXCursor_FieldDecl)
                return;
            step.number = field_number(r, step.type, field);
            type = clang_getCursorType(field);
        } else {
            step.number = constant_index(parts.items[i]);
            type = clang_getArrayElementType(step.type);
        }
        vec_push(r->arena, &steps, step);
    }
    struct list value = {0};
    vec_push(r->arena, &value.items, vec_last(&parts));
    fill_member(r, type, field, &value);
    while (steps.len--) {
        struct step *step = &steps.items[steps.len];
        bool is_union =
            clang_getCursorKind(clang_getTypeDeclaration(step->type)) == CXCursor_UnionDecl;
        if (!is_union)
            fill_object(r, step->type, step->field, step->number + 1, list);
    }
}

static void fill_list(struct reader *r, CXType type, CXCursor field, CXCursor cursor)
{
    struct list list = {.items = all_children(r, cursor)};
    if (!is_record(type) && !is_array(type)) {
        if (list.items.len == 1)
            fill_member(r, type, field, &list); /* a scalar in braces */
        return;
    }
    while (list.next < list.items.len) {
        size_t before = list.next;
        if (is_designated(list.items.items[list.next]))
            fill_designated(r, type, field, &list);
        else
            fill_object(r, type, field, 0, &list);
        if (list.next == before)
            return; /* more values than members: an error that clang has reported */
    }
}

void registrations_of_list(struct reader *r, CXType type, CXCursor list)
{
    if (is_record(type) || is_array(type))
        fill_list(r, type, clang_getNullCursor(), list);
}
