/* Conditions: for every branch that clang makes at -O0, the text of what it decides, filed under
 * the place that debug info gives the branch.
 *
 * This follows clang's code generation (CGStmt.cpp, CodeGenFunction::EmitBranchOnBoolExpr and
 * ScalarExprEmitter): where the condition of an `if` or of `?:` is made of && || ! ?:, each operand
 * gets a branch of its own; elsewhere such an expression is computed as a value first.
 * test_condition compiles every shape and compares.
 *
 * What a construct's branches are called:
 *   if          the start of its condition (or of its C++ init-statement)
 *   while for switch  the keyword
 *   do          the last place of its body: the closing brace, or where its last statement starts
 *   x && y, x || y    x: the operator; y: whatever the whole would have
 *   c ? x : y   the start of c */
#include "frontend/repair.h"

#include <stdlib.h>
#include <string.h>

/* -- text -- */

/* The end of an expression in the text of the file where `from` is. */
static size_t text_end(struct text text, CXCursor cursor)
{
    CXSourceLocation end = clang_getRangeEnd(clang_getCursorExtent(cursor));
    struct spot use = spot_of(end);
    struct spot file;
    clang_getFileLocation(end, &file.file, &file.line, &file.column, &file.offset);
    /* Within a macro's argument: the whole use. */
    return same_spot(use, file) ? use.offset : text_invocation_end(text, use.offset);
}

/* The expression as one argument of the macro use at `use`, if that is all it is. */
static bool argument_range(struct text text, CXCursor cursor, struct spot use, size_t *ret_from,
                           size_t *ret_to)
{
    CXSourceRange range = clang_getCursorExtent(cursor);
    struct spot from, to;
    clang_getFileLocation(clang_getRangeStart(range), &from.file, &from.line, &from.column,
                          &from.offset);
    clang_getFileLocation(clang_getRangeEnd(range), &to.file, &to.line, &to.column, &to.offset);
    bool same_use = same_spot(spot_of(clang_getRangeEnd(range)), use);
    if (!same_use || same_spot(from, use) || same_spot(to, use) || from.offset >= to.offset)
        return false;
    /* The last token may come from a macro that is used in the argument. */
    if (!same_spot(to, spelling_of(clang_getRangeEnd(range))))
        to.offset = (unsigned)text_invocation_end(text, to.offset);
    if (text_has_comma(text, from.offset, to.offset))
        return false;
    *ret_from = from.offset;
    *ret_to = to.offset;
    return true;
}

/* Without parentheses and implicit casts, which lie around them in C. */
static CXCursor written_part(CXCursor cursor)
{
    for (;;) {
        cursor = strip_parens(cursor);
        if (clang_getCursorKind(cursor) != CXCursor_UnexposedExpr)
            return cursor;
        struct children parts = children_of(cursor);
        if (parts.count != 1 || !clang_isExpression(clang_getCursorKind(parts.items[0])))
            return cursor;
        cursor = parts.items[0];
    }
}

/* `within` says that the condition is only a part of the macro use where it starts. */
static const char *condition_text(struct reader *r, CXCursor cursor, bool within, enum part part)
{
    cursor = written_part(cursor);
    struct spot use = start_of(cursor);
    struct text text = text_of_file(r, use.file);
    size_t from = use.offset, to = text_end(text, cursor);
    bool macro = starts_in_macro(cursor);
    if (macro && !argument_range(text, cursor, use, &from, &to) && within) {
        struct spot body = spelling_of(clang_getRangeStart(clang_getCursorExtent(cursor)));
        const char *inner = text_macro_part(r->arena, text_of_file(r, body.file), body.offset, part,
                                            text, use.offset);
        if (inner)
            return inner;
    }
    text_strip_parens(text, &from, &to);
    return to > from ? text_fold(r->arena, text, from, to) : NULL;
}

/* A branch at `at` that decides `cursor`. */
static void add_condition(struct reader *r, struct spot at, CXCursor cursor, bool within,
                          enum part part)
{
    const char *text = condition_text(r, cursor, within, part);
    struct place place = place_of_spot(r, at);
    if (!text || !place.file || strstr(text, REPAIR_UNKNOWN))
        return;
    const char *whole = r->whole;
    if (!whole && starts_in_macro(cursor)) {
        struct spot use = start_of(cursor);
        struct text file = text_of_file(r, use.file);
        whole = text_fold(r->arena, file, use.offset, text_invocation_end(file, use.offset));
    }
    vec_push(r->arena, &r->facts->conditions,
             (struct condition){.file = place.file,
                                .line = place.line,
                                .column = place.column,
                                .text = text,
                                .nth = (uint32_t)r->facts->conditions.len,
                                .whole = whole ? whole : text});
}

static bool same_place(const struct condition *a, const struct condition *b)
{
    return a->line == b->line && a->column == b->column && a->file == b->file;
}

static int compare_conditions(const void *left, const void *right)
{
    const struct condition *a = left, *b = right;
    if (a->file != b->file)
        return strcmp(a->file, b->file);
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return a->nth < b->nth ? -1 : a->nth > b->nth; /* until now: order of the code */
}

void finish_conditions(struct reader *r)
{
    struct condition *items = r->facts->conditions.items;
    size_t len = r->facts->conditions.len;
    if (len)
        qsort(items, len, sizeof(*items), compare_conditions);
    for (size_t i = 0, end; i < len; i = end) {
        for (end = i + 1; end < len && same_place(&items[i], &items[end]);)
            end++;
        for (size_t k = i; k < end; k++) {
            items[k].nth = (uint32_t)(k - i);
            items[k].count = (uint32_t)(end - i);
            if (items[k].count == 1)
                items[k].whole = NULL;
        }
    }
}

/* -- constants: clang emits no branch for what it can decide -- */

static bool is_constant(CXCursor cursor);

static bool all_constant(CXCursor cursor)
{
    struct children children = children_of(cursor);
    for (size_t i = 0; i < children.count; i++)
        if (clang_isExpression(clang_getCursorKind(children.items[i])) &&
            !is_constant(children.items[i]))
            return false;
    return children.count < MAX_CHILDREN;
}

static bool is_constant_name(CXCursor cursor)
{
    CXCursor target = clang_getCursorReferenced(cursor);
    switch (clang_getCursorKind(target)) {
    case CXCursor_EnumConstantDecl:
    case CXCursor_FunctionDecl:
        return true;
    case CXCursor_VarDecl:
        /* An array's name is an address. A C++ constant is its value. */
        return clang_getArraySize(clang_getCursorType(target)) >= 0
                   ? clang_Cursor_hasVarDeclGlobalStorage(target) == 1
                   : clang_getCursorLanguage(target) == CXLanguage_CPlusPlus &&
                         clang_isConstQualifiedType(clang_getCursorType(target)) &&
                         all_constant(target);
    default:
        return false;
    }
}

/* Can clang compute it without running the program? */
static bool is_constant(CXCursor cursor)
{
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_IntegerLiteral:
    case CXCursor_FloatingLiteral:
    case CXCursor_StringLiteral:
    case CXCursor_CharacterLiteral:
    case CXCursor_CXXBoolLiteralExpr:
    case CXCursor_CXXNullPtrLiteralExpr:
    case CXCursor_UnaryExpr: /* sizeof and the like */
        return true;
    case CXCursor_DeclRefExpr:
        return is_constant_name(cursor);
    case CXCursor_UnaryOperator: {
        enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(cursor);
        if (op == CXUnaryOperator_AddrOf) {
            struct children children = children_of(cursor);
            CXCursor object = clang_getCursorReferenced(strip_parens(children.items[0]));
            return children.count == 1 && (clang_getCursorKind(object) == CXCursor_FunctionDecl ||
                                           clang_Cursor_hasVarDeclGlobalStorage(object) == 1);
        }
        return (op == CXUnaryOperator_Plus || op == CXUnaryOperator_Minus ||
                op == CXUnaryOperator_Not || op == CXUnaryOperator_LNot) &&
               all_constant(cursor);
    }
    case CXCursor_BinaryOperator:
        return clang_getCursorBinaryOperatorKind(cursor) < CXBinaryOperator_Assign &&
               all_constant(cursor);
    case CXCursor_ParenExpr:
    case CXCursor_UnexposedExpr:
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
    case CXCursor_ConditionalOperator:
        return all_constant(cursor);
    default:
        return false;
    }
}

static bool is_logical(CXCursor cursor, enum CXBinaryOperatorKind *ret_op)
{
    *ret_op = CXBinaryOperator_Invalid;
    if (clang_getCursorKind(cursor) == CXCursor_BinaryOperator)
        *ret_op = clang_getCursorBinaryOperatorKind(cursor);
    return *ret_op == CXBinaryOperator_LAnd || *ret_op == CXBinaryOperator_LOr;
}

enum truth { VARIABLE, ALWAYS_FALSE, ALWAYS_TRUE };

static enum truth truth_of(CXCursor cursor)
{
    enum truth truth = VARIABLE;
    enum CXBinaryOperatorKind op;
    if (!is_constant(cursor)) {
        struct children parts;
        cursor = strip_parens(cursor);
        if (!is_logical(cursor, &op) || (parts = children_of(cursor)).count != 2)
            return VARIABLE;
        /* 0 && x and 1 || x do not depend on x. */
        enum truth decisive = op == CXBinaryOperator_LAnd ? ALWAYS_FALSE : ALWAYS_TRUE;
        return truth_of(parts.items[0]) == decisive ? decisive : VARIABLE;
    }
    CXEvalResult result = clang_Cursor_Evaluate(cursor);
    if (result && clang_EvalResult_getKind(result) == CXEval_Int)
        truth = clang_EvalResult_getAsLongLong(result) ? ALWAYS_TRUE : ALWAYS_FALSE;
    if (result)
        clang_EvalResult_dispose(result);
    return truth;
}

/* -- expressions -- */

static void read_value(struct reader *r, CXCursor cursor);
static void read_children(struct reader *r, CXCursor cursor);

static struct spot spot_at(struct reader *r, CXFile file, size_t offset)
{
    return spot_of(clang_getLocationForOffset(r->unit, file, (unsigned)offset));
}

/* Where the && or || between two operands is: in the file between them, or in a macro that gives
 * one of them. */
static struct spot operator_spot(struct reader *r, CXCursor left, CXCursor right,
                                 enum CXBinaryOperatorKind op)
{
    bool and = op == CXBinaryOperator_LAnd;
    struct spot from = start_of(left), to = start_of(right);
    struct text text = text_of_file(r, to.file);
    size_t end = text_end(text_of_file(r, from.file), left), found;
    if (clang_File_isEqual(from.file, to.file) && end <= to.offset &&
        (text_last_operator(text, end, to.offset, and? "&&" : "||", &found) ||
         (r->cxx && text_last_operator(text, end, to.offset, and? "and" : "or", &found))))
        return spot_at(r, to.file, found);
    return starts_in_macro(right) ? to : from;
}

/* True if `cursor` starts in the macro use at `at`: then it is not all of that use. */
static bool is_within(CXCursor cursor, struct spot at)
{
    return same_spot(start_of(cursor), at) && starts_in_macro(cursor);
}

/* Of `x, y` the value is that of y. */
static CXCursor last_operand(CXCursor cursor)
{
    for (;;) {
        cursor = strip_parens(cursor);
        if (clang_getCursorKind(cursor) != CXCursor_BinaryOperator ||
            clang_getCursorBinaryOperatorKind(cursor) != CXBinaryOperator_Comma)
            return cursor;
        struct children parts = children_of(cursor);
        if (parts.count != 2)
            return cursor;
        cursor = parts.items[1];
    }
}

/* The branches that decide `cursor` when its value is not needed otherwise. `at` is the place of
 * the branch that decides it as a whole. */
static void read_branch(struct reader *r, CXCursor cursor, struct spot at, bool within)
{
    enum CXBinaryOperatorKind op;
    cursor = strip_parens(cursor);
    struct children parts;
    if (is_logical(cursor, &op) && (parts = children_of(cursor)).count == 2) {
        enum truth neutral = op == CXBinaryOperator_LAnd ? ALWAYS_TRUE : ALWAYS_FALSE;
        if (truth_of(parts.items[0]) == neutral) {
            read_branch(r, parts.items[1], at, within);
        } else if (truth_of(parts.items[1]) == neutral) {
            read_branch(r, parts.items[0], at, within);
        } else {
            struct spot middle = operator_spot(r, parts.items[0], parts.items[1], op);
            read_branch(r, parts.items[0], middle, is_within(parts.items[0], middle));
            read_branch(r, parts.items[1], at, within || is_within(parts.items[1], middle));
        }
        return;
    }
    if (clang_getCursorKind(cursor) == CXCursor_UnaryOperator &&
        clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_LNot) {
        /* clang swaps the targets. */
        parts = children_of(cursor);
        if (parts.count == 1) {
            read_branch(r, parts.items[0], at, within);
            return;
        }
    }
    if (clang_getCursorKind(cursor) == CXCursor_ConditionalOperator &&
        (parts = children_of(cursor)).count == 3) {
        struct spot start = start_of(cursor);
        bool inner = within || is_within(cursor, at);
        const char *outer = r->whole;
        if (!outer)
            r->whole = condition_text(r, cursor, within, PART_WHOLE);
        read_branch(r, parts.items[0], at, inner);
        read_branch(r, parts.items[1], start, inner);
        read_branch(r, parts.items[2], at, inner);
        r->whole = outer;
        return;
    }
    read_value(r, cursor);
    if (truth_of(last_operand(cursor)) == VARIABLE)
        add_condition(r, at, cursor, within, PART_OPERAND);
}

/* && and || whose value is used: only the left operand is branched on. */
static void read_logical_value(struct reader *r, CXCursor cursor, enum CXBinaryOperatorKind op)
{
    struct children parts = children_of(cursor);
    if (parts.count != 2)
        return;
    enum truth left = truth_of(parts.items[0]);
    if (left == VARIABLE) {
        struct spot at = operator_spot(r, parts.items[0], parts.items[1], op);
        read_branch(r, parts.items[0], at, is_within(parts.items[0], at));
    } else if (left != (op == CXBinaryOperator_LAnd ? ALWAYS_TRUE : ALWAYS_FALSE)) {
        return; /* the right operand is dropped */
    }
    read_value(r, parts.items[1]);
}

static void read_conditional_value(struct reader *r, CXCursor cursor)
{
    struct children parts = children_of(cursor);
    if (parts.count != 3)
        return;
    struct spot at = start_of(cursor);
    bool within = is_within(cursor, at);
    enum truth decided = truth_of(parts.items[0]);
    if (decided != VARIABLE) {
        read_value(r, parts.items[decided == ALWAYS_TRUE ? 1 : 2]);
    } else if (is_constant(parts.items[1]) && is_constant(parts.items[2])) {
        /* A select instead of branches. */
        read_value(r, parts.items[0]);
        add_condition(r, at, parts.items[0], within, PART_OPERAND);
    } else {
        read_branch(r, parts.items[0], at, within);
        read_value(r, parts.items[1]);
        read_value(r, parts.items[2]);
    }
}

/* -- statements -- */

/* A condition whose value is computed first and then branched on: while, do, for, switch. */
static void read_head(struct reader *r, CXCursor condition, CXCursor statement, struct spot at)
{
    read_value(r, condition);
    bool within = same_spot(start_of(statement), start_of(condition)) && starts_in_macro(condition);
    if (truth_of(condition) == VARIABLE)
        add_condition(r, at, condition, within, PART_WHOLE);
}

/* Where the debug location stands when code for a statement has been made. */
static struct spot last_spot(struct reader *r, CXCursor statement)
{
    if (clang_getCursorKind(statement) == CXCursor_CompoundStmt) {
        struct spot end = spot_of(clang_getRangeEnd(clang_getCursorExtent(statement)));
        return starts_in_macro(statement) ? start_of(statement)
                                          : spot_at(r, end.file, end.offset - 1);
    }
    return start_of(statement);
}

static bool declares(CXCursor cursor)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    return clang_isDeclaration(kind) || kind == CXCursor_DeclStmt;
}

/* if (init; T x = cond) then else: in C, just the condition, then and else. */
static void read_if(struct reader *r, CXCursor statement)
{
    struct children parts = children_of(statement);
    size_t first = 0;
    while (first < parts.count && declares(parts.items[first]))
        read_children(r, parts.items[first++]);
    /* An init-statement that is an expression cannot be told from the condition here; it does not
     * occur in C. */
    if (first + 1 >= parts.count)
        return;
    CXCursor condition = parts.items[first];
    CXCursor named = first && clang_getCursorKind(parts.items[0]) == CXCursor_DeclStmt
                         ? parts.items[0]
                         : condition;
    struct spot at = start_of(named);
    bool within = is_within(condition, at) && is_within(statement, at);
    switch (truth_of(condition)) {
    case VARIABLE:
        read_branch(r, condition, at, within);
        for (size_t i = first + 1; i < parts.count; i++)
            read_value(r, parts.items[i]);
        break;
    case ALWAYS_TRUE:
        read_value(r, parts.items[first + 1]);
        break;
    case ALWAYS_FALSE:
        if (first + 2 < parts.count)
            read_value(r, parts.items[first + 2]);
        break;
    }
}

static void read_while(struct reader *r, CXCursor statement)
{
    struct children parts = children_of(statement);
    size_t first = 0;
    while (first < parts.count && declares(parts.items[first]))
        read_children(r, parts.items[first++]);
    if (first + 2 != parts.count)
        return;
    read_head(r, parts.items[first], statement, start_of(statement));
    read_value(r, parts.items[first + 1]);
}

static void read_do(struct reader *r, CXCursor statement)
{
    struct children parts = children_of(statement);
    if (parts.count != 2)
        return;
    read_value(r, parts.items[0]);
    read_head(r, parts.items[1], statement, last_spot(r, parts.items[0]));
}

/* libclang gives the parts of a `for` that are there, without saying which they are. */
static void read_for(struct reader *r, CXCursor statement)
{
    struct children parts = children_of(statement);
    struct spot keyword = spelling_of(clang_getRangeStart(clang_getCursorExtent(statement)));
    bool present[3];
    if (!parts.count)
        return;
    size_t next = 0, body = parts.count - 1;
    if (!text_for_parts(text_of_file(r, keyword.file), keyword.offset, present)) {
        read_children(r, statement);
        return;
    }
    if (present[0] && next < body)
        read_value(r, parts.items[next++]);
    if (present[1]) {
        while (next < body && clang_getCursorKind(parts.items[next]) == CXCursor_VarDecl)
            read_children(r, parts.items[next++]);
        if (next < body)
            read_head(r, parts.items[next++], statement, start_of(statement));
    }
    read_value(r, parts.items[body]);
    if (next < body)
        read_value(r, parts.items[next]);
}

static void read_switch(struct reader *r, CXCursor statement)
{
    struct children parts = children_of(statement);
    size_t first = 0;
    while (first < parts.count && declares(parts.items[first]))
        read_children(r, parts.items[first++]);
    if (first + 2 != parts.count)
        return;
    read_head(r, parts.items[first], statement, start_of(statement));
    read_value(r, parts.items[first + 1]);
}

/* for (T x : range): the branch is at the colon. */
static void read_for_range(struct reader *r, CXCursor statement)
{
    struct children parts = children_of(statement);
    if (parts.count < 3)
        return;
    CXCursor range = parts.items[parts.count - 2];
    struct spot from = start_of(parts.items[0]);
    size_t colon;
    if (text_last_operator(text_of_file(r, from.file), from.offset, start_of(range).offset, ":",
                           &colon))
        add_condition(r, spot_at(r, from.file, colon), range, false, PART_WHOLE);
    read_value(r, range);
    read_value(r, parts.items[parts.count - 1]);
}

static void read_assignment(struct reader *r, CXCursor cursor)
{
    struct children parts = children_of(cursor);
    if (parts.count != 2)
        return;
    registration_of_assignment(r, parts.items[0], parts.items[1], cursor);
    read_value(r, parts.items[0]);
    read_value(r, parts.items[1]);
}

/* Anything with an initializer list: the list's own type is not what libclang gives. */
static void read_typed_list(struct reader *r, CXCursor cursor)
{
    struct children parts = children_of(cursor);
    CXType type = clang_getCursorType(cursor);
    for (size_t i = 0; i < parts.count; i++)
        if (clang_getCursorKind(parts.items[i]) == CXCursor_InitListExpr)
            registrations_of_list(r, type, parts.items[i]);
    read_children(r, cursor);
}

/* Reads one statement or expression; false: nothing special, read its children. */
static bool read_special(struct reader *r, CXCursor cursor)
{
    enum CXBinaryOperatorKind op;
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_IfStmt:
        read_if(r, cursor);
        return true;
    case CXCursor_WhileStmt:
        read_while(r, cursor);
        return true;
    case CXCursor_DoStmt:
        read_do(r, cursor);
        return true;
    case CXCursor_ForStmt:
        read_for(r, cursor);
        return true;
    case CXCursor_CXXForRangeStmt:
        read_for_range(r, cursor);
        return true;
    case CXCursor_SwitchStmt:
        read_switch(r, cursor);
        return true;
    case CXCursor_ConditionalOperator:
        read_conditional_value(r, cursor);
        return true;
    case CXCursor_BinaryOperator:
        if (is_logical(cursor, &op)) {
            read_logical_value(r, cursor, op);
            return true;
        }
        if (op == CXBinaryOperator_Assign) {
            read_assignment(r, cursor);
            return true;
        }
        return false;
    case CXCursor_VarDecl:
    case CXCursor_CompoundLiteralExpr:
        read_typed_list(r, cursor);
        return true;
    case CXCursor_DeclRefExpr:
        note_reference(r, cursor);
        return true;
    case CXCursor_UnaryExpr: /* sizeof: its operand is not run */
        return true;
    default:
        return false;
    }
}

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    return read_special(data, cursor) ? CXChildVisit_Continue : CXChildVisit_Recurse;
}

static void read_children(struct reader *r, CXCursor cursor)
{
    clang_visitChildren(cursor, visit, r);
}

static void read_value(struct reader *r, CXCursor cursor)
{
    if (!read_special(r, cursor))
        read_children(r, cursor);
}

void read_body(struct reader *r, CXCursor body)
{
    read_value(r, body);
}

void read_initializer(struct reader *r, CXCursor variable)
{
    read_value(r, variable);
}
