/* Guards. Unlike in C, '&', '|', '+' and '-' bind tighter than comparisons, and comparisons do not
 * chain: no reader has to know a surprising rule. */
#include "rule/internal.h"

enum { DEEPEST = 64 };

static struct expr *new_expr(struct parser *parser, enum expr_kind kind, struct place place)
{
    struct expr *expr = arena_new(parser->arena, struct expr);
    expr->kind = kind;
    expr->place = place;
    expr->watch = -1;
    return expr;
}

static struct expr *new_binary(struct parser *parser, enum expr_op op, struct expr *left,
                               struct expr *right)
{
    struct expr *expr = new_expr(parser, EXPR_BINARY, parser_span(parser, left->place));
    expr->op = op;
    expr->left = left;
    expr->right = right;
    return expr;
}

static struct expr *parse_roles(struct parser *parser)
{
    struct expr *expr = new_expr(parser, EXPR_IN_ROLE, parser->token.place);
    parser_advance(parser);
    name_list roles = {0};
    if (!parser_expect(parser, TOKEN_OPEN, "'(' behind 'in'") ||
        !parse_names(parser, "a role", &roles) ||
        !parser_expect(parser, TOKEN_CLOSE, "')' behind the roles"))
        return NULL;
    for (size_t i = 0; i < roles.len; i++)
        vec_push(parser->arena, &expr->roles, roles.items[i].text);
    expr->place = parser_span(parser, expr->place);
    return expr;
}

static struct expr *parse_model(struct parser *parser)
{
    struct expr *expr = new_expr(parser, EXPR_MODEL, parser->token.place);
    parser_advance(parser);
    if (!parser_expect(parser, TOKEN_DOT, "'.' behind 'model'"))
        return NULL;
    expr->name = parser->token.name;
    if (!parser_expect(parser, TOKEN_NAME, "the name of a variable of the OS model"))
        return NULL;
    expr->place = parser_span(parser, expr->place);
    return expr;
}

/* failed(x) is x <= -1, succeeded(x) is x > -1: the sign of a status is its NT_SUCCESS. */
static struct expr *parse_status_test(struct parser *parser)
{
    struct place place = parser->token.place;
    enum expr_op op = parser->token.word == WORD_FAILED ? OP_LE : OP_GT;
    const char *expected = op == OP_LE ? "'(' behind 'failed'" : "'(' behind 'succeeded'";
    parser_advance(parser);
    if (!parser_expect(parser, TOKEN_OPEN, expected))
        return NULL;
    struct expr *status = parse_expr(parser);
    if (!status || !parser_expect(parser, TOKEN_CLOSE, "')' behind the status"))
        return NULL;
    struct expr *minus_one = new_expr(parser, EXPR_NUMBER, place);
    minus_one->number = UINT64_MAX;
    struct expr *test = new_binary(parser, op, status, minus_one);
    test->place = parser_span(parser, place);
    return test;
}

static struct expr *parse_name(struct parser *parser)
{
    const char *name = parser->token.name;
    struct expr *expr = new_expr(parser, EXPR_VARIABLE, parser->token.place);
    parser_advance(parser);
    expr->name = name;
    if (name == intern(parser->source->names, "NULL"))
        expr->kind = EXPR_NUMBER;
    else if (name[0] >= 'A' && name[0] <= 'Z')
        expr->kind = EXPR_CONSTANT;
    return expr;
}

static struct expr *parse_number(struct parser *parser)
{
    struct expr *expr = new_expr(parser, EXPR_NUMBER, parser->token.place);
    expr->number = parser->token.number;
    parser_advance(parser);
    return expr;
}

static struct expr *parse_parentheses(struct parser *parser)
{
    parser_advance(parser);
    struct expr *expr = parse_expr(parser);
    return expr && parser_expect(parser, TOKEN_CLOSE, "')'") ? expr : NULL;
}

static struct expr *parse_primary(struct parser *parser)
{
    if (parser_at(parser, TOKEN_NUMBER))
        return parse_number(parser);
    if (parser_at(parser, TOKEN_NAME))
        return parse_name(parser);
    if (parser_at(parser, TOKEN_OPEN))
        return parse_parentheses(parser);
    if (parser_at_word(parser, WORD_IN))
        return parse_roles(parser);
    if (parser_at_word(parser, WORD_MODEL))
        return parse_model(parser);
    if (parser_at_word(parser, WORD_SUCCEEDED) || parser_at_word(parser, WORD_FAILED))
        return parse_status_test(parser);
    parser_unexpected(parser, "a value or a condition");
    return NULL;
}

struct expr *parse_value(struct parser *parser)
{
    enum expr_op op;
    if (parser_at(parser, TOKEN_NOT))
        op = OP_NOT;
    else if (parser_at(parser, TOKEN_MINUS))
        op = OP_NEGATE;
    else if (parser_at(parser, TOKEN_TILDE))
        op = OP_COMPLEMENT;
    else
        return parse_primary(parser);
    struct place place = parser->token.place;
    if (++parser->depth > DEEPEST) {
        source_error(parser->source, place, "the condition is nested too deeply");
        return NULL;
    }
    parser_advance(parser);
    struct expr *operand = parse_value(parser);
    parser->depth--;
    if (!operand)
        return NULL;
    place = parser_span(parser, place);
    if (op == OP_NEGATE && operand->kind == EXPR_NUMBER) {
        operand->number = 0 - operand->number;
        operand->name = NULL;
        operand->place = place;
        return operand;
    }
    struct expr *expr = new_expr(parser, EXPR_UNARY, place);
    expr->op = op;
    expr->left = operand;
    return expr;
}

/* Levels of binary operators, loosest first. */
enum level {
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_COMPARE,
    LEVEL_BITOR,
    LEVEL_BITAND,
    LEVEL_SUM,
    LEVEL_UNARY,
};

static const struct {
    enum token_kind token;
    enum expr_op op;
    enum level level;
} operators[] = {
    {TOKEN_OR, OP_OR, LEVEL_OR},        {TOKEN_AND, OP_AND, LEVEL_AND},
    {TOKEN_EQ, OP_EQ, LEVEL_COMPARE},   {TOKEN_NE, OP_NE, LEVEL_COMPARE},
    {TOKEN_LT, OP_LT, LEVEL_COMPARE},   {TOKEN_LE, OP_LE, LEVEL_COMPARE},
    {TOKEN_GT, OP_GT, LEVEL_COMPARE},   {TOKEN_GE, OP_GE, LEVEL_COMPARE},
    {TOKEN_BAR, OP_BITOR, LEVEL_BITOR}, {TOKEN_AMPERSAND, OP_BITAND, LEVEL_BITAND},
    {TOKEN_PLUS, OP_PLUS, LEVEL_SUM},   {TOKEN_MINUS, OP_MINUS, LEVEL_SUM},
};

/* An operator of that level, which is taken. */
static bool take_operator(struct parser *parser, enum level level, enum expr_op *ret_op)
{
    if (level == LEVEL_COMPARE && parser_at(parser, TOKEN_ASSIGN)) {
        source_error(parser->source, parser->token.place, "'=' does not compare; write '=='");
        *ret_op = OP_EQ;
        parser_advance(parser);
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(operators); i++) {
        if (operators[i].level == level && parser_at(parser, operators[i].token)) {
            *ret_op = operators[i].op;
            parser_advance(parser);
            return true;
        }
    }
    return false;
}

static struct expr *parse_level(struct parser *parser, enum level level)
{
    if (level == LEVEL_UNARY)
        return parse_value(parser);
    struct expr *left = parse_level(parser, level + 1);
    enum expr_op op;
    unsigned taken = 0;
    while (left && take_operator(parser, level, &op)) {
        if (++taken > 1 && level == LEVEL_COMPARE) {
            source_error(parser->source, parser->last,
                         "comparisons do not chain; join them with '&&'");
            return NULL;
        }
        struct expr *right = parse_level(parser, level + 1);
        if (!right)
            return NULL;
        left = new_binary(parser, op, left, right);
    }
    return left;
}

struct expr *parse_expr(struct parser *parser)
{
    if (++parser->depth > DEEPEST) {
        source_error(parser->source, parser->token.place, "the condition is nested too deeply");
        return NULL;
    }
    struct expr *expr = parse_level(parser, LEVEL_OR);
    parser->depth--;
    return expr;
}
