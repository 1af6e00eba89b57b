/* Shared by the rule module's own files.
 *
 *   lexer.c    text -> tokens
 *   parse.c    tokens -> syntax: one struct rule_syntax per rule, names not looked up yet
 *   expr.c     the expressions of guards
 *   message.c  strings, text blocks, message templates
 *   table.c    tables, and the events that go through them
 *   check.c    syntax -> struct rule: names, events, transitions
 *   guard.c    names and types in guards
 *   states.c   what the automaton as a whole must be: reachable, bound, able to report
 *   pack.c     pack.json and directories
 *   select.c   which rules to run
 *   print.c    struct rule -> canonical text
 *   explain.c  struct rule -> documentation
 *   text.c     strings that grow; diagnostics with their source line */
#ifndef DRVLINT_RULE_INTERNAL_H
#define DRVLINT_RULE_INTERNAL_H

#include "base/suggest.h"
#include "rule/rule.h"

/* ---- text.c -------------------------------------------------------------------------------- */

struct text {
    struct arena *arena;
    VEC(char) bytes;
};

void text_put(struct text *text, const char *string);
void text_put_n(struct text *text, const char *bytes, size_t length);
void text_printf(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3);
/* The NUL-terminated string; the text may grow on afterwards. */
char *text_string(struct text *text);

/* ---- source: one rule file ----------------------------------------------------------------- */

struct source {
    const char *file, *text;
    struct interner *names;
    struct arena *arena; /* of `names` */
    struct diag *diag;
};

/* Adds a message with its source line. */
void source_error(struct source *source, struct place place, const char *format, ...)
    PRINTF_LIKE(3, 4);
void source_warning(struct source *source, struct place place, const char *format, ...)
    PRINTF_LIKE(3, 4);
void source_note(struct source *source, struct place place, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* ---- lexer.c ------------------------------------------------------------------------------- */

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,
    TOKEN_WORD,      /* a reserved word */
    TOKEN_NUMBER,
    TOKEN_STRING,    /* "..." on one line */
    TOKEN_TEXT,      /* a block between triple quotes */
    TOKEN_PAGE,      /* only from lexer_page() */
    TOKEN_ANY,       /* _ */
    TOKEN_OPEN, TOKEN_CLOSE, TOKEN_COMMA, TOKEN_COLON, TOKEN_DOT, TOKEN_STAR, TOKEN_ELLIPSIS,
    TOKEN_ARROW, TOKEN_ASSIGN, TOKEN_EQ, TOKEN_NE, TOKEN_LT, TOKEN_LE, TOKEN_GT, TOKEN_GE,
    TOKEN_AND, TOKEN_OR, TOKEN_AMPERSAND, TOKEN_BAR, TOKEN_PLUS, TOKEN_MINUS, TOKEN_NOT, TOKEN_TILDE,
};

enum word {
    WORD_NONE,
    /* sections: they begin a clause of a rule */
    WORD_RULE, WORD_PART, WORD_TITLE, WORD_SETS, WORD_SEVERITY, WORD_NEEDS, WORD_WHY, WORD_BAD,
    WORD_GOOD, WORD_LIMITS, WORD_SEE, WORD_WATCH, WORD_STATES, WORD_TABLE, WORD_ON,
    WORD_LAST_SECTION = WORD_ON,
    WORD_CALL, WORD_RETURN, WORD_ENTER, WORD_LEAVE, /* in the order of enum event_kind */
    WORD_WHEN, WORD_ERROR, WORD_IN, WORD_MODEL, WORD_SUCCEEDED, WORD_FAILED,
    WORD_COUNT,
};

struct token {
    enum token_kind kind;
    enum word word;
    struct place place;
    const char *start; /* in the file's text */
    size_t length;
    bool first;        /* first token of its line */
    const char *name;  /* NAME, WORD, PAGE: interned text */
    uint64_t number;
};

struct lexer {
    struct source *source;
    const char *at;
    const char *line_start;
    uint32_t line;
};

void lexer_init(struct lexer *lexer, struct source *source);
/* Reports what is no token and goes on behind it. */
struct token lexer_next(struct lexer *lexer);
/* Reads `token`, the newest one, again as the name of a documentation page, which may have '-', '~',
 * '.' and '/' in it. Left as it is if it does not start like one. */
struct token lexer_page(struct lexer *lexer, const struct token *token);
const char *word_name(enum word word);
const char *token_kind_name(enum token_kind kind);

/* ---- syntax -------------------------------------------------------------------------------- */

struct name_syntax {
    const char *text; /* interned */
    struct place place;
};

typedef VEC(struct name_syntax) name_list;
typedef VEC(struct message_part) part_list;

struct transition_syntax {
    struct place place;
    struct expr *guard;
    bool stateless;          /* no arrow: `error "..."` alone */
    bool any_state;          /* '*' */
    name_list from;
    struct name_syntax to;   /* text NULL: error */
    const char *message;
    part_list parts;
};

struct pattern_syntax {
    enum pattern_kind kind;
    struct name_syntax name;
};

struct event_syntax {
    struct place place;
    enum event_kind kind;
    name_list names;
    bool any_arguments;
    bool has_arguments;      /* an argument list was written, be it empty */
    VEC(struct pattern_syntax) arguments;
    bool has_result;
    struct pattern_syntax result;
    VEC(struct transition_syntax) transitions;
    bool broken;             /* its head has a syntax error: names may be missing */
};

struct row_syntax {
    struct name_syntax name;
    VEC(struct expr *) cells; /* EXPR_NUMBER or EXPR_CONSTANT */
};

struct table_syntax {
    struct name_syntax name;
    name_list columns;
    VEC(struct row_syntax) rows;
    bool broken;              /* has a syntax error: rows may be missing */
};

struct part_syntax {
    struct place place;
    struct name_syntax name; /* text NULL: the rule has no parts */
    struct place severity_at; /* line 0: the rule's severity */
    enum severity severity;
    bool has_watch, has_states;
    bool broken_names;       /* watch, states or a table have a syntax error */
    name_list watches, states;
    VEC(struct table_syntax) tables;
    VEC(struct event_syntax) events;
};

/* Clauses of the head that may come once; index into rule_syntax.seen. */
struct rule_syntax {
    struct name_syntax id;
    struct place seen[WORD_COUNT]; /* line 0: not there */
    const char *title, *why, *bad, *good, *limits;
    enum severity severity;
    name_list sets, needs, references;
    VEC(struct part_syntax) parts; /* at least one; exactly one without a name if there are no parts */
    bool broken;                   /* has syntax errors, which were reported */
    bool anonymous;                /* its id could not be read */
};

/* ---- parse.c, expr.c ----------------------------------------------------------------------- */

struct parser {
    struct source *source;
    struct arena *arena;
    struct lexer lexer;
    struct token token;   /* the next one */
    struct place last;    /* of the token before it */
    unsigned depth;       /* of nested expressions */
};

void parser_advance(struct parser *parser);
bool parser_at(const struct parser *parser, enum token_kind kind);
bool parser_at_word(const struct parser *parser, enum word word);
/* Takes the token if it is of that kind. */
bool parser_take(struct parser *parser, enum token_kind kind);
/* The same, or reports "expected WHAT, found ..." and returns false. */
bool parser_expect(struct parser *parser, enum token_kind kind, const char *what);
void parser_unexpected(struct parser *parser, const char *expected);
/* NAME; false after a syntax error, which was reported. */
bool parser_name(struct parser *parser, const char *what, struct name_syntax *ret_name);
/* For what has to stand on the line of the word before it; false if it does not: reported. */
bool parser_same_line(struct parser *parser, const char *what);
/* NAME {"," NAME}; false after a syntax error, which was reported. */
bool parse_names(struct parser *parser, const char *what, name_list *names);
/* NULL after a syntax error, which was reported. Names are looked up by guard_check(). */
struct expr *parse_expr(struct parser *parser);
/* The same for a number, a name or what stands in parentheses, with its signs. */
struct expr *parse_value(struct parser *parser);
/* The place from `first` to the token that was taken last; the first line if there are several. */
struct place parser_span(const struct parser *parser, struct place first);

/* ---- table.c ------------------------------------------------------------------------------- */

/* `table` NAME columns, and the rows on the lines below. Goes on at the next row after a syntax
 * error, which was reported; then .broken is set. */
void parse_table(struct parser *parser, struct table_syntax *table);
struct checker;
/* Names of tables, columns and rows; fills rule->tables. */
void tables_check(struct checker *checker);
/* What the events must have done with the tables; when all events are checked. */
void tables_check_used(struct checker *checker);
/* The table that the event goes through, or NULL. */
const struct table_syntax *event_table(const struct checker *checker,
                                       const struct event_syntax *event);
/* Is it a column of the event's table? Marks it as used. */
bool event_column(struct checker *checker, const struct event_syntax *event, const char *name);
/* Adds the events that `written`, which goes through `table`, stands for: one for all rows with the
 * same values. */
void table_expand(struct checker *checker, const struct table_syntax *table,
                  const struct event *written);

/* ---- message.c ----------------------------------------------------------------------------- */

/* The value of a string: escapes resolved. */
void string_append(struct source *source, const struct token *token, struct text *text);
/* Cuts a string into template parts; AT and VARIABLE have their names, to be looked up. */
void template_append(struct source *source, const struct token *token, struct text *pending,
                     part_list *parts);
void template_finish(struct source *source, struct text *pending, struct place place,
                     part_list *parts);
/* The text of a block: common indentation, first and last blank lines and '\r' removed. */
char *block_text(struct arena *arena, const char *raw, size_t length);

/* ---- print.c --------------------------------------------------------------------------------- */

/* A number or a constant as it is written. */
const char *cell_text(const struct expr *cell, struct arena *arena);

/* ---- check.c, guard.c, states.c ------------------------------------------------------------ */

struct checker {
    struct source *source;
    struct rule *rule;
    const struct rule_syntax *syntax;
    const struct part_syntax *part;
    bool *used_columns; /* of all tables, in their order */
    bool *used_tables;
    bool failed;
};

void check_error(struct checker *checker, struct place place, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Is it a name that a variable can have? Otherwise an error. */
bool check_variable_name(struct checker *checker, const struct name_syntax *name);
/* Each name of a list once; a second one is an error. */
bool check_new_name(struct checker *checker, const name_list *names, size_t index,
                    const char *what);

/* Turns one rule's syntax into entries of pack->rules. */
void rule_check(struct source *source, const struct rule_syntax *syntax, struct rule_pack *pack);

/* Looks names up and checks types. used[i] is set for each argument pattern i that the guard reads;
 * used[narguments] for the result. */
void guard_check(struct checker *checker, const struct event_syntax *event, struct expr *guard,
                 bool *used);
/* What `name` is bound to in an event: index of a pattern (arguments, then the result), or -1. */
int event_binding(const struct event_syntax *event, const char *name);
/* Index in a list of interned names, or -1. */
int name_index(const char *const *names, size_t count, const char *name);
void suggest_variables(struct suggestion *suggestion, const struct checker *checker,
                       const struct event_syntax *event);
/* "role of callbacks are written in capitals"; tells whether it is one. */
bool check_role(struct checker *checker, const struct name_syntax *role);

/* Checks of the finished part: everything that depends on more than one event. */
void states_check(struct checker *checker);

#endif
