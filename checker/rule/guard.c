/* Names and types in guards. There are two types, values and conditions, and no conversion between
 * them: `when flags & 4` and `(a == b) + 1` are mistakes. */
#include "rule/internal.h"

#include <string.h>

enum type { TYPE_VALUE, TYPE_CONDITION, TYPE_BROKEN /* reported */ };

struct guard {
    struct checker *checker;
    const struct event_syntax *event;
    bool *used;
};

int name_index(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (names[i] == name)
            return (int)i;
    return -1;
}

int event_binding(const struct event_syntax *event, const char *name)
{
    for (size_t i = 0; i < event->arguments.len; i++)
        if (event->arguments.items[i].name.text == name)
            return (int)i;
    if (event->has_result && event->result.name.text == name)
        return (int)event->arguments.len;
    return -1;
}

void suggest_variables(struct suggestion *suggestion, const struct checker *checker,
                       const struct event_syntax *event)
{
    for (size_t i = 0; i < event->arguments.len; i++)
        if (event->arguments.items[i].name.text)
            suggestion_offer(suggestion, event->arguments.items[i].name.text);
    if (event->has_result && event->result.name.text)
        suggestion_offer(suggestion, event->result.name.text);
    for (size_t i = 0; i < checker->rule->watches.len; i++)
        suggestion_offer(suggestion, checker->rule->watches.items[i]);
    const struct table_syntax *table = event_table(checker, event);
    for (size_t i = 0; table && i < table->columns.len; i++)
        suggestion_offer(suggestion, table->columns.items[i].text);
}

static enum type check_variable(struct guard *guard, struct expr *expr)
{
    struct checker *checker = guard->checker;
    const struct rule *rule = checker->rule;
    int binding = event_binding(guard->event, expr->name);
    if (binding >= 0)
        guard->used[binding] = true;
    expr->watch = name_index(rule->watches.items, rule->watches.len, expr->name);
    if (binding >= 0 || expr->watch >= 0 || event_column(checker, guard->event, expr->name))
        return TYPE_VALUE;
    if (guard->event->broken || checker->part->broken_names)
        return TYPE_BROKEN;
    struct suggestion near = suggestion_for(expr->name);
    suggest_variables(&near, checker, guard->event);
    check_error(checker, expr->place, "'%s' is not bound by this event%s", expr->name,
                suggestion_text(&near, checker->source->arena));
    if (!near.best)
        source_note(checker->source, guard->event->place,
                    "constants begin with a capital letter, variables are bound here");
    return TYPE_BROKEN;
}

static const char *operator_text(enum expr_op op)
{
    switch (op) {
    case OP_AND:
        return "&&";
    case OP_OR:
        return "||";
    case OP_NOT:
        return "!";
    default:
        return "this operator";
    }
}

static bool wants_conditions(enum expr_op op)
{
    return op == OP_AND || op == OP_OR || op == OP_NOT;
}

static bool gives_condition(enum expr_op op)
{
    return wants_conditions(op) || op <= OP_GE;
}

static enum type check_expr(struct guard *guard, struct expr *expr);

static bool check_operand(struct guard *guard, const struct expr *expr, struct expr *operand)
{
    enum type type = check_expr(guard, operand);
    if (type == TYPE_BROKEN)
        return false;
    if (wants_conditions(expr->op) && type != TYPE_CONDITION) {
        check_error(guard->checker, operand->place,
                    "'%s' works on conditions and this is a value; compare it, as in 'x != 0'",
                    operator_text(expr->op));
        return false;
    }
    if (!wants_conditions(expr->op) && type != TYPE_VALUE) {
        check_error(
            guard->checker, operand->place,
            "this is a condition where a value is needed; join conditions with '&&' or '||'");
        return false;
    }
    return true;
}

static enum type check_roles(struct guard *guard, const struct expr *expr)
{
    bool ok = true;
    for (size_t i = 0; i < expr->roles.len; i++) {
        struct name_syntax role = {expr->roles.items[i], expr->place};
        ok &= check_role(guard->checker, &role);
    }
    return ok ? TYPE_CONDITION : TYPE_BROKEN;
}

static enum type check_expr(struct guard *guard, struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_NUMBER:
    case EXPR_CONSTANT:
    case EXPR_MODEL:
        return TYPE_VALUE;
    case EXPR_VARIABLE:
        return check_variable(guard, expr);
    case EXPR_IN_ROLE:
        return check_roles(guard, expr);
    case EXPR_UNARY:
    case EXPR_BINARY:
        break;
    }
    bool ok = check_operand(guard, expr, expr->left);
    if (expr->kind == EXPR_BINARY)
        ok &= check_operand(guard, expr, expr->right);
    if (!ok)
        return TYPE_BROKEN;
    return gives_condition(expr->op) ? TYPE_CONDITION : TYPE_VALUE;
}

void guard_check(struct checker *checker, const struct event_syntax *event, struct expr *expr,
                 bool *used)
{
    struct guard guard = {checker, event, used};
    if (check_expr(&guard, expr) == TYPE_VALUE)
        check_error(checker, expr->place,
                    "the guard is a value, not a condition; compare it, as in 'x != 0'");
}
