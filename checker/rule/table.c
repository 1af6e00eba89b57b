/* Tables: one row for each function or role that an event is about, with the values in which they
 * differ. An event that goes through a table is written once. It becomes one event for all rows
 * with the same values: who runs rules knows no tables. */
#include "rule/internal.h"

#include <string.h>

/* ---- syntax ---------------------------------------------------------------------------------- */

static bool at_cell(const struct parser *parser)
{
    return !parser->token.first && !parser_at(parser, TOKEN_END);
}

static void skip_row(struct parser *parser)
{
    while (at_cell(parser))
        parser_advance(parser);
}

/* A number or a constant. Names with a small letter would be variables, and none is known here. */
static struct expr *parse_cell(struct parser *parser)
{
    struct place place = parser->token.place;
    bool number = parser_at(parser, TOKEN_NUMBER) || parser_at(parser, TOKEN_MINUS);
    if (!number && !parser_at(parser, TOKEN_NAME)) {
        parser_unexpected(parser, "a number or a constant");
        return NULL;
    }
    struct expr *cell = parse_value(parser);
    parser->depth = 0;
    if (!cell || cell->kind == EXPR_NUMBER || cell->kind == EXPR_CONSTANT)
        return cell;
    source_error(parser->source, place,
                 "expected a number or a constant, which begins with a "
                 "capital letter");
    return NULL;
}

static bool parse_row(struct parser *parser, const struct table_syntax *table,
                      struct row_syntax *row)
{
    row->name = (struct name_syntax){parser->token.name, parser->token.place};
    parser_advance(parser);
    while (at_cell(parser)) {
        struct expr *cell = parse_cell(parser);
        if (!cell)
            return false;
        vec_push(parser->arena, &row->cells, cell);
    }
    if (row->cells.len == table->columns.len)
        return true;
    source_error(parser->source, row->name.place,
                 "a row of this table needs %zu values; this one has %zu", table->columns.len,
                 row->cells.len);
    return false;
}

static bool parse_table_head(struct parser *parser, struct table_syntax *table)
{
    if (!parser_same_line(parser, "the name of the table") ||
        !parser_name(parser, "the name of the table", &table->name) ||
        !parser_same_line(parser, "the names of the columns"))
        return false;
    while (at_cell(parser)) {
        struct name_syntax column;
        if (!parser_name(parser, "the name of a column", &column))
            return false;
        vec_push(parser->arena, &table->columns, column);
    }
    return true;
}

void parse_table(struct parser *parser, struct table_syntax *table)
{
    struct place place = parser->token.place;
    parser_advance(parser);
    bool head = parse_table_head(parser, table);
    if (!head) {
        table->broken = true;
        skip_row(parser);
    }
    while (parser_at(parser, TOKEN_NAME)) {
        struct row_syntax row = {0};
        if (head && parse_row(parser, table, &row)) {
            vec_push(parser->arena, &table->rows, row);
            continue;
        }
        table->broken = true;
        if (!head)
            parser_advance(parser);
        skip_row(parser);
    }
    if (!table->name.text)
        table->name = (struct name_syntax){"?", place};
}

/* ---- names ----------------------------------------------------------------------------------- */

static void check_columns(struct checker *checker, const struct table_syntax *table)
{
    const struct rule *rule = checker->rule;
    for (size_t i = 0; i < table->columns.len; i++) {
        const struct name_syntax *column = &table->columns.items[i];
        check_variable_name(checker, column);
        check_new_name(checker, &table->columns, i, "column");
        if (name_index(rule->watches.items, rule->watches.len, column->text) >= 0)
            check_error(checker, column->place, "'%s' is a watched variable", column->text);
    }
}

static void check_rows(struct checker *checker, const struct table_syntax *table)
{
    name_list names = {0};
    for (size_t i = 0; i < table->rows.len; i++) {
        vec_push(checker->source->arena, &names, table->rows.items[i].name);
        check_new_name(checker, &names, i, "row");
    }
    if (!table->rows.len && !table->broken)
        check_error(checker, table->name.place, "the table has no rows");
}

static void check_table_name(struct checker *checker, size_t index)
{
    const struct part_syntax *part = checker->part;
    const struct table_syntax *table = &part->tables.items[index];
    char first = table->name.text[0];
    if (!table->broken && (first < 'a' || first > 'z'))
        check_error(checker, table->name.place, "tables begin with a small letter");
    for (size_t i = 0; i < index; i++)
        if (!table->broken && part->tables.items[i].name.text == table->name.text)
            check_error(checker, table->name.place, "there is already a table '%s'",
                        table->name.text);
}

static void add_table(struct checker *checker, const struct table_syntax *syntax)
{
    struct arena *arena = checker->source->arena;
    struct rule_table table = {.name = syntax->name.text};
    for (size_t i = 0; i < syntax->columns.len; i++)
        vec_push(arena, &table.columns, syntax->columns.items[i].text);
    for (size_t i = 0; i < syntax->rows.len; i++) {
        const struct row_syntax *row = &syntax->rows.items[i];
        vec_push(arena, &table.names, row->name.text);
        for (size_t c = 0; c < row->cells.len; c++)
            vec_push(arena, &table.cells, row->cells.items[c]);
    }
    vec_push(arena, &checker->rule->tables, table);
}

void tables_check(struct checker *checker)
{
    const struct part_syntax *part = checker->part;
    struct arena *arena = checker->source->arena;
    size_t ncolumns = 0;
    for (size_t i = 0; i < part->tables.len; i++) {
        check_table_name(checker, i);
        check_columns(checker, &part->tables.items[i]);
        check_rows(checker, &part->tables.items[i]);
        add_table(checker, &part->tables.items[i]);
        ncolumns += part->tables.items[i].columns.len;
    }
    checker->used_tables = arena_new_array(arena, part->tables.len + 1, bool);
    checker->used_columns = arena_new_array(arena, ncolumns + 1, bool);
}

const struct table_syntax *event_table(const struct checker *checker,
                                       const struct event_syntax *event)
{
    const struct part_syntax *part = checker->part;
    for (size_t n = 0; n < event->names.len; n++)
        for (size_t i = 0; i < part->tables.len; i++)
            if (part->tables.items[i].name.text == event->names.items[n].text)
                return &part->tables.items[i];
    return NULL;
}

/* Where the flags of a table's columns begin. */
static bool *column_flags(const struct checker *checker, const struct table_syntax *table)
{
    bool *flags = checker->used_columns;
    for (const struct table_syntax *at = checker->part->tables.items; at != table; at++)
        flags += at->columns.len;
    return flags;
}

bool event_column(struct checker *checker, const struct event_syntax *event, const char *name)
{
    const struct table_syntax *table = event_table(checker, event);
    for (size_t i = 0; table && i < table->columns.len; i++) {
        if (table->columns.items[i].text != name)
            continue;
        column_flags(checker, table)[i] = true;
        return true;
    }
    return false;
}

void tables_check_used(struct checker *checker)
{
    const struct part_syntax *part = checker->part;
    for (size_t t = 0; t < part->tables.len; t++) {
        const struct table_syntax *table = &part->tables.items[t];
        const bool *used = column_flags(checker, table);
        if (!checker->used_tables[t])
            source_warning(checker->source, table->name.place,
                           "no event goes through the table '%s'", table->name.text);
        for (size_t i = 0; checker->used_tables[t] && i < table->columns.len; i++)
            if (!used[i])
                source_warning(checker->source, table->columns.items[i].place,
                               "the column '%s' is not used", table->columns.items[i].text);
    }
}

/* ---- events ---------------------------------------------------------------------------------- */

/* The row whose values stand for the columns of `table`. */
struct row {
    struct arena *arena;
    const struct table_syntax *table;
    const struct row_syntax *syntax;
};

static struct expr *row_value(const struct row *row, const char *column)
{
    for (size_t i = 0; i < row->table->columns.len; i++)
        if (row->table->columns.items[i].text == column)
            return row->syntax->cells.items[i];
    return NULL;
}

static struct expr *fill_expr(const struct row *row, const struct expr *expr)
{
    if (!expr)
        return NULL;
    struct expr *cell = expr->kind == EXPR_VARIABLE ? row_value(row, expr->name) : NULL;
    if (cell)
        return cell;
    struct expr *copy = arena_new(row->arena, struct expr);
    *copy = *expr;
    copy->left = fill_expr(row, expr->left);
    copy->right = fill_expr(row, expr->right);
    return copy;
}

static struct message_part fill_part(const struct row *row, struct message_part part)
{
    struct expr *cell = part.kind == MESSAGE_VARIABLE ? row_value(row, part.text) : NULL;
    if (cell) {
        part.kind = MESSAGE_TEXT;
        part.text = cell_text(cell, row->arena);
    }
    return part;
}

static struct transition fill_transition(const struct row *row, const struct transition *written)
{
    struct transition filled = *written;
    filled.guard = fill_expr(row, written->guard);
    memset(&filled.parts, 0, sizeof(filled.parts));
    for (size_t i = 0; i < written->parts.len; i++)
        vec_push(row->arena, &filled.parts, fill_part(row, written->parts.items[i]));
    return filled;
}

static bool same_values(const struct row_syntax *a, const struct row_syntax *b)
{
    for (size_t i = 0; i < a->cells.len; i++) {
        const struct expr *x = a->cells.items[i], *y = b->cells.items[i];
        if (x->kind != y->kind || x->number != y->number || x->name != y->name)
            return false;
    }
    return true;
}

/* An earlier row with the values of row `index`. */
static bool is_repeated(const struct table_syntax *table, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (same_values(&table->rows.items[i], &table->rows.items[index]))
            return true;
    return false;
}

static struct event fill_event(const struct row *row, const struct event *written)
{
    struct event event = *written;
    event.written = written;
    memset(&event.names, 0, sizeof(event.names));
    memset(&event.transitions, 0, sizeof(event.transitions));
    for (size_t i = 0; i < row->table->rows.len; i++)
        if (same_values(&row->table->rows.items[i], row->syntax))
            vec_push(row->arena, &event.names, row->table->rows.items[i].name.text);
    for (size_t i = 0; i < written->transitions.len; i++)
        vec_push(row->arena, &event.transitions,
                 fill_transition(row, &written->transitions.items[i]));
    return event;
}

void table_expand(struct checker *checker, const struct table_syntax *table,
                  const struct event *written)
{
    struct arena *arena = checker->source->arena;
    struct event *kept = arena_new(arena, struct event);
    *kept = *written;
    checker->used_tables[table - checker->part->tables.items] = true;
    for (size_t i = 0; i < table->rows.len; i++) {
        struct row row = {arena, table, &table->rows.items[i]};
        if (!is_repeated(table, i))
            vec_push(arena, &checker->rule->events, fill_event(&row, kept));
    }
}
