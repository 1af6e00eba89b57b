/* Rules as text of the rule language. Parsing it again gives the same rule. */
#include "rule/internal.h"

#include <inttypes.h>
#include <string.h>

enum { WIDTH = 100 };

/* `label`, then the names; further lines are indented by `indent`. */
static void put_list(struct text *text, const char *label, size_t indent, const char *const *names,
                     size_t count)
{
    size_t column = strlen(label);
    text_put(text, label);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(names[i]);
        if (i && column + length + 3 > WIDTH) {
            text_printf(text, ",\n%*s", (int)indent, "");
            column = indent;
        } else if (i) {
            text_put(text, ", ");
            column += 2;
        }
        text_put(text, names[i]);
        column += length;
    }
}

static void put_string(struct text *text, const char *string)
{
    text_put(text, "\"");
    for (const char *at = string; *at; at++) {
        switch (*at) {
        case '\n':
            text_put(text, "\\n");
            break;
        case '\t':
            text_put(text, "\\t");
            break;
        case '"':
        case '\\':
            text_put(text, "\\");
            text_put_n(text, at, 1);
            break;
        default:
            text_put_n(text, at, 1);
        }
    }
    text_put(text, "\"");
}

static void put_block(struct text *text, const char *label, const char *block)
{
    if (!block)
        return;
    text_printf(text, "%s\n    \"\"\"\n", label);
    for (const char *line = block; *line;) {
        size_t length = strcspn(line, "\n");
        text_printf(text, "%s%.*s\n", length ? "    " : "", (int)length, line);
        line += length + (line[length] == '\n');
    }
    text_put(text, "    \"\"\"\n");
}

static void put_head(struct text *text, const struct rule *rule)
{
    text_printf(text, "rule %s\ntitle    ", rule->id);
    put_string(text, rule->title);
    text_put(text, "\n");
    put_list(text, "sets     ", 9, rule->sets.items, rule->sets.len);
    text_printf(text, "\nseverity %s\n", severity_name(rule->rule_severity));
    if (rule->needs.len) {
        put_list(text, "needs    ", 9, rule->needs.items, rule->needs.len);
        text_put(text, "\n");
    }
    put_block(text, "why", rule->why);
    put_block(text, "bad", rule->bad);
    put_block(text, "good", rule->good);
    put_block(text, "limits", rule->limits);
    if (rule->references.len) {
        put_list(text, "see      ", 9, rule->references.items, rule->references.len);
        text_put(text, "\n");
    }
}

/* ---- guards --------------------------------------------------------------------------------- */

/* As in expr.c: how tightly an expression's operator binds. */
static int level(const struct expr *expr)
{
    if (expr->kind != EXPR_BINARY)
        return 6;
    switch (expr->op) {
    case OP_OR:
        return 0;
    case OP_AND:
        return 1;
    case OP_BITOR:
        return 3;
    case OP_BITAND:
        return 4;
    case OP_PLUS:
    case OP_MINUS:
        return 5;
    default:
        return 2;
    }
}

static const char *operator_name(enum expr_op op)
{
    switch (op) {
    case OP_EQ:
        return "==";
    case OP_NE:
        return "!=";
    case OP_LT:
        return "<";
    case OP_LE:
        return "<=";
    case OP_GT:
        return ">";
    case OP_GE:
        return ">=";
    case OP_AND:
        return "&&";
    case OP_OR:
        return "||";
    case OP_BITAND:
        return "&";
    case OP_BITOR:
        return "|";
    case OP_PLUS:
        return "+";
    case OP_MINUS:
    case OP_NEGATE:
        return "-";
    case OP_NOT:
        return "!";
    case OP_COMPLEMENT:
        return "~";
    }
    BUG_ON(true);
}

static void put_expr(struct text *text, const struct expr *expr, int least);

static void put_number(struct text *text, const struct expr *expr)
{
    if (expr->name)
        text_put(text, expr->name); /* NULL */
    else if ((int64_t)expr->number < 0)
        text_printf(text, "-%" PRIu64, 0 - expr->number);
    else
        text_printf(text, expr->number < 1024 ? "%" PRIu64 : "0x%" PRIx64, expr->number);
}

const char *cell_text(const struct expr *cell, struct arena *arena)
{
    struct text text = {.arena = arena};
    put_expr(&text, cell, 0);
    return text_string(&text);
}

/* The two comparisons that stand for tests of a status, see parse_status_test(). */
static bool is_status_test(const struct expr *expr)
{
    return (expr->op == OP_LE || expr->op == OP_GT) && expr->right->kind == EXPR_NUMBER &&
           expr->right->number == UINT64_MAX;
}

static void put_binary(struct text *text, const struct expr *expr, int least)
{
    int own = level(expr);
    if (is_status_test(expr)) {
        text_put(text, expr->op == OP_LE ? "failed(" : "succeeded(");
        put_expr(text, expr->left, 0);
        text_put(text, ")");
        return;
    }
    text_put(text, own < least ? "(" : "");
    put_expr(text, expr->left, own == 2 ? 3 : own);
    text_printf(text, " %s ", operator_name(expr->op));
    put_expr(text, expr->right, own + 1);
    text_put(text, own < least ? ")" : "");
}

static void put_expr(struct text *text, const struct expr *expr, int least)
{
    switch (expr->kind) {
    case EXPR_NUMBER:
        put_number(text, expr);
        break;
    case EXPR_CONSTANT:
    case EXPR_VARIABLE:
        text_put(text, expr->name);
        break;
    case EXPR_MODEL:
        text_printf(text, "model.%s", expr->name);
        break;
    case EXPR_IN_ROLE:
        put_list(text, "in(", 8, expr->roles.items, expr->roles.len);
        text_put(text, ")");
        break;
    case EXPR_UNARY:
        text_put(text, operator_name(expr->op));
        put_expr(text, expr->left, 6);
        break;
    case EXPR_BINARY:
        put_binary(text, expr, least);
        break;
    }
}

/* ---- the automaton --------------------------------------------------------------------------- */

static void put_pattern(struct text *text, const struct pattern *pattern)
{
    switch (pattern->kind) {
    case PATTERN_ANY:
        text_put(text, "_");
        break;
    case PATTERN_BIND:
        text_put(text, pattern->name);
        break;
    case PATTERN_DEREF:
        text_printf(text, "&%s", pattern->name);
        break;
    }
}

static bool is_every_state(const struct rule *rule, uint32_t from)
{
    for (size_t i = 0; i < rule->states.len; i++)
        if (!(from >> i & 1))
            return false;
    return rule->states.len > 1;
}

static void put_from(struct text *text, const struct rule *rule, uint32_t from)
{
    if (is_every_state(rule, from)) {
        text_put(text, "* -> ");
        return;
    }
    bool first = true;
    for (size_t i = 0; i < rule->states.len; i++) {
        if (!(from >> i & 1))
            continue;
        text_printf(text, "%s%s", first ? "" : ", ", rule->states.items[i]);
        first = false;
    }
    text_put(text, " -> ");
}

static void put_transition(struct text *text, const struct rule *rule,
                           const struct transition *transition)
{
    text_put(text, "    ");
    if (transition->guard) {
        text_put(text, "when ");
        put_expr(text, transition->guard, 0);
        text_put(text, ": ");
    }
    if (rule->states.len)
        put_from(text, rule, transition->from);
    if (transition->to >= 0) {
        text_printf(text, "%s\n", rule->states.items[transition->to]);
        return;
    }
    text_put(text, "error ");
    put_string(text, transition->message);
    text_put(text, "\n");
}

static void put_event(struct text *text, const struct rule *rule, const struct event *event)
{
    static const char *const kinds[] = {"on call ", "on return ", "on enter ", "on leave "};
    text_put(text, "\n");
    put_list(text, kinds[event->kind], 8, event->names.items, event->names.len);
    if (!event->any_arguments) {
        text_put(text, "(");
        for (size_t i = 0; i < event->arguments.len; i++) {
            text_put(text, i ? ", " : "");
            put_pattern(text, &event->arguments.items[i]);
        }
        text_put(text, ")");
    }
    if (event->result.kind != PATTERN_ANY) {
        text_put(text, " = ");
        put_pattern(text, &event->result);
    }
    text_put(text, "\n");
    for (size_t i = 0; i < event->transitions.len; i++)
        put_transition(text, rule, &event->transitions.items[i]);
}

static const char *table_cell(const struct rule_table *table, size_t row, size_t column,
                              struct arena *arena)
{
    return cell_text(table->cells.items[row * table->columns.len + column], arena);
}

static size_t column_width(const struct rule_table *table, size_t column, struct arena *arena)
{
    size_t width = strlen(table->columns.items[column]);
    for (size_t r = 0; r < table->names.len; r++) {
        size_t length = strlen(table_cell(table, r, column, arena));
        width = length > width ? length : width;
    }
    return width;
}

/* What stands in a row, the columns below each other; the last one ends where it ends. */
static void put_cell(struct text *text, const struct rule_table *table, size_t column,
                     const char *cell)
{
    bool last = column + 1 == table->columns.len;
    size_t width = last ? 0 : column_width(table, column, text->arena);
    text_printf(text, "  %-*s", (int)width, cell);
}

static void put_table(struct text *text, const struct rule_table *table)
{
    size_t width = strlen(table->name) + 2; /* "table " is wider than the indentation of rows */
    for (size_t r = 0; r < table->names.len; r++)
        if (strlen(table->names.items[r]) > width)
            width = strlen(table->names.items[r]);
    text_printf(text, "table %-*s", (int)width - 2, table->name);
    for (size_t c = 0; c < table->columns.len; c++)
        put_cell(text, table, c, table->columns.items[c]);
    for (size_t r = 0; r < table->names.len; r++) {
        text_printf(text, "\n    %-*s", (int)width, table->names.items[r]);
        for (size_t c = 0; c < table->columns.len; c++)
            put_cell(text, table, c, table_cell(table, r, c, text->arena));
    }
    text_put(text, "\n");
}

char *rule_print(const struct rule *rule, struct arena *arena)
{
    struct text text = {.arena = arena};
    if (rule->part_index == 0)
        put_head(&text, rule);
    text_put(&text, "\n");
    if (rule->part)
        text_printf(&text, "part %s\n", rule->part);
    if (rule->severity != rule->rule_severity)
        text_printf(&text, "severity %s\n", severity_name(rule->severity));
    if (rule->watches.len) {
        put_list(&text, "watch  ", 7, rule->watches.items, rule->watches.len);
        text_put(&text, "\n");
    }
    if (rule->states.len) {
        put_list(&text, "states ", 7, rule->states.items, rule->states.len);
        text_put(&text, "\n");
    }
    for (size_t i = 0; i < rule->tables.len; i++)
        put_table(&text, &rule->tables.items[i]);
    for (size_t i = 0; i < rule->events.len; i++) {
        const struct event *event = &rule->events.items[i];
        if (!event->written)
            put_event(&text, rule, event);
        else if (!i || event[-1].written != event->written)
            put_event(&text, rule, event->written);
    }
    if (rule->part_index + 1 == rule->nparts)
        text_put(&text, "\n");
    return text_string(&text);
}
