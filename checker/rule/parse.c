/* The parser: recursive descent with one token of lookahead. After a syntax error it goes on at the
 * next line that can begin a transition, or at the next section, so that one run shows all errors.
 */
#include "rule/internal.h"

#include <string.h>

void parser_advance(struct parser *parser)
{
    parser->last = parser->token.place;
    parser->token = lexer_next(&parser->lexer);
}

bool parser_at(const struct parser *parser, enum token_kind kind)
{
    return parser->token.kind == kind;
}

bool parser_at_word(const struct parser *parser, enum word word)
{
    return parser->token.kind == TOKEN_WORD && parser->token.word == word;
}

bool parser_take(struct parser *parser, enum token_kind kind)
{
    if (!parser_at(parser, kind))
        return false;
    parser_advance(parser);
    return true;
}

static const char *token_text(struct parser *parser)
{
    const struct token *token = &parser->token;
    switch (token->kind) {
    case TOKEN_END:
        return "the end of the file";
    case TOKEN_WORD:
        return arena_printf(parser->arena, "the word '%s'", token->name);
    case TOKEN_STRING:
        return "a string";
    case TOKEN_TEXT:
        return "a text";
    default:
        return arena_printf(parser->arena, "'%.*s'", (int)token->length, token->start);
    }
}

void parser_unexpected(struct parser *parser, const char *expected)
{
    struct place behind = parser->last;
    if (!parser->token.first || !behind.line) {
        source_error(parser->source, parser->token.place, "expected %s, found %s", expected,
                     token_text(parser));
        return;
    }
    behind.column += behind.length;
    behind.length = 1;
    source_error(parser->source, behind, "expected %s, found the end of the line", expected);
}

/* The same where a new line is in order. */
static void unexpected_line(struct parser *parser, const char *expected)
{
    source_error(parser->source, parser->token.place, "expected %s, found %s", expected,
                 token_text(parser));
}

bool parser_expect(struct parser *parser, enum token_kind kind, const char *what)
{
    if (parser_take(parser, kind))
        return true;
    parser_unexpected(parser, what);
    return false;
}

struct place parser_span(const struct parser *parser, struct place first)
{
    const struct place *last = &parser->last;
    if (last->line == first.line && last->column >= first.column)
        first.length = last->column + last->length - first.column;
    return first;
}

bool parser_name(struct parser *parser, const char *what, struct name_syntax *ret_name)
{
    if (parser_at(parser, TOKEN_WORD) && !parser->token.first) {
        source_error(parser->source, parser->token.place,
                     "expected %s; '%s' is a word of the language and cannot be a name", what,
                     parser->token.name);
        return false;
    }
    *ret_name = (struct name_syntax){parser->token.name, parser->token.place};
    return parser_expect(parser, TOKEN_NAME, what);
}

bool parser_same_line(struct parser *parser, const char *what)
{
    if (!parser->token.first)
        return true;
    parser_unexpected(parser, what);
    return false;
}

bool parse_names(struct parser *parser, const char *what, name_list *names)
{
    do {
        struct name_syntax name;
        if (!parser_name(parser, what, &name))
            return false;
        vec_push(parser->arena, names, name);
    } while (parser_take(parser, TOKEN_COMMA));
    return true;
}

/* A list that is a section of its own: nothing else may stand on its line. */
static bool parse_section_names(struct parser *parser, const char *what, name_list *names)
{
    if (!parser_same_line(parser, what) || !parse_names(parser, what, names))
        return false;
    if (parser->token.first || parser_at(parser, TOKEN_END))
        return true;
    parser_unexpected(parser, parser_at(parser, TOKEN_NAME) ? "',' between names"
                                                            : "',' or the end of the line");
    return false;
}

static bool at_section(const struct parser *parser)
{
    const struct token *token = &parser->token;
    return token->kind == TOKEN_END ||
           (token->kind == TOKEN_WORD && token->word <= WORD_LAST_SECTION);
}

/* For recovery: a section word in the middle of a line may be anything. */
static bool at_section_line(const struct parser *parser)
{
    return parser_at(parser, TOKEN_END) || (at_section(parser) && parser->token.first);
}

static void skip_to_section(struct parser *parser)
{
    while (!at_section_line(parser))
        parser_advance(parser);
}

static bool at_transition(const struct parser *parser)
{
    return parser_at(parser, TOKEN_NAME) || parser_at(parser, TOKEN_STAR) ||
           parser_at_word(parser, WORD_WHEN) || parser_at_word(parser, WORD_ERROR);
}

static void skip_to_transition(struct parser *parser)
{
    while (!at_section_line(parser) && !(at_transition(parser) && parser->token.first))
        parser_advance(parser);
}

/* ---- the head ------------------------------------------------------------------------------- */

static bool parse_string(struct parser *parser, const char *what, const char **ret_string)
{
    struct text text = {.arena = parser->arena};
    if (!parser_at(parser, TOKEN_STRING)) {
        parser_unexpected(parser, what);
        return false;
    }
    for (; parser_at(parser, TOKEN_STRING); parser_advance(parser))
        string_append(parser->source, &parser->token, &text);
    *ret_string = text_string(&text);
    return true;
}

/* A block, or strings for a single line. */
static bool parse_text(struct parser *parser, const char **ret_text)
{
    const struct token *token = &parser->token;
    if (token->kind == TOKEN_TEXT) {
        size_t closed =
            token->length >= 6 && strncmp(token->start + token->length - 3, "\"\"\"", 3) == 0;
        *ret_text = block_text(parser->arena, token->start + 3, token->length - (closed ? 6 : 3));
        parser_advance(parser);
        return true;
    }
    const char *line;
    if (!parse_string(parser, "a text between '\"\"\"' or a string", &line))
        return false;
    *ret_text = arena_printf(parser->arena, "%s\n", line);
    return true;
}

static bool parse_severity(struct parser *parser, enum severity *ret_severity)
{
    static const enum severity all[] = {SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE};
    const struct token *token = &parser->token;
    if (token->kind != TOKEN_NAME && token->kind != TOKEN_WORD) {
        parser_unexpected(parser, "'error', 'warning' or 'note'");
        return false;
    }
    struct suggestion near = suggestion_for(token->name);
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        suggestion_offer(&near, severity_name(all[i]));
        if (strcmp(token->name, severity_name(all[i])) == 0) {
            *ret_severity = all[i];
            parser_advance(parser);
            return true;
        }
    }
    source_error(parser->source, token->place, "'%s' is no severity (error, warning, note)%s",
                 token->name, suggestion_text(&near, parser->arena));
    return false;
}

static bool parse_pages(struct parser *parser, name_list *pages)
{
    do {
        parser->token = lexer_page(&parser->lexer, &parser->token);
        struct name_syntax page = {parser->token.name, parser->token.place};
        if (!parser_expect(parser, TOKEN_PAGE, "the name of a documentation page"))
            return false;
        vec_push(parser->arena, pages, page);
    } while (parser_take(parser, TOKEN_COMMA));
    return true;
}

static bool parse_head_value(struct parser *parser, enum word word, struct rule_syntax *rule)
{
    switch (word) {
    case WORD_TITLE:
        return parse_string(parser, "a string: the title", &rule->title);
    case WORD_SETS:
        return parse_section_names(parser, "the name of a rule set", &rule->sets);
    case WORD_SEVERITY:
        return parse_severity(parser, &rule->severity);
    case WORD_NEEDS:
        return parse_section_names(parser, "a role", &rule->needs);
    case WORD_WHY:
        return parse_text(parser, &rule->why);
    case WORD_BAD:
        return parse_text(parser, &rule->bad);
    case WORD_GOOD:
        return parse_text(parser, &rule->good);
    case WORD_LIMITS:
        return parse_text(parser, &rule->limits);
    case WORD_SEE:
        return parse_pages(parser, &rule->references);
    default:
        BUG_ON(true);
    }
}

static bool parse_head(struct parser *parser, struct rule_syntax *rule)
{
    enum word word = parser->token.word;
    struct place place = parser->token.place;
    if (rule->seen[word].line) {
        source_error(parser->source, place, "'%s' is given twice", word_name(word));
        source_note(parser->source, rule->seen[word], "the first '%s'", word_name(word));
        rule->broken = true;
    }
    rule->seen[word] = place;
    parser_advance(parser);
    if (rule->parts.len) {
        source_error(parser->source, place,
                     "'%s' belongs before 'part', 'watch', 'states', 'table' and 'on'",
                     word_name(word));
        rule->broken = true;
    }
    return parse_head_value(parser, word, rule);
}

/* ---- events --------------------------------------------------------------------------------- */

static bool parse_pattern(struct parser *parser, struct pattern_syntax *ret_pattern)
{
    *ret_pattern = (struct pattern_syntax){.kind = PATTERN_ANY};
    if (parser_take(parser, TOKEN_ANY))
        return true;
    ret_pattern->kind = parser_take(parser, TOKEN_AMPERSAND) ? PATTERN_DEREF : PATTERN_BIND;
    return parser_name(parser, "'_', a variable or '&' and a variable", &ret_pattern->name);
}

static bool parse_arguments(struct parser *parser, struct event_syntax *event)
{
    if (!parser_take(parser, TOKEN_OPEN)) {
        event->any_arguments = true;
        return true;
    }
    event->has_arguments = true;
    if (parser_take(parser, TOKEN_ELLIPSIS)) {
        event->any_arguments = true;
        return parser_expect(parser, TOKEN_CLOSE, "')' behind '...'");
    }
    if (parser_take(parser, TOKEN_CLOSE))
        return true;
    do {
        struct pattern_syntax pattern;
        if (!parse_pattern(parser, &pattern))
            return false;
        vec_push(parser->arena, &event->arguments, pattern);
    } while (parser_take(parser, TOKEN_COMMA));
    return parser_expect(parser, TOKEN_CLOSE, "',' or ')'");
}

static bool parse_result(struct parser *parser, struct event_syntax *event)
{
    if (!parser_take(parser, TOKEN_ASSIGN))
        return true;
    event->has_result = true;
    if (parser_take(parser, TOKEN_ANY))
        return true;
    event->result.kind = PATTERN_BIND;
    return parser_name(parser, "'_' or a variable for the result", &event->result.name);
}

static bool parse_event_kind(struct parser *parser, enum event_kind *ret_kind)
{
    const struct token *token = &parser->token;
    if (token->kind == TOKEN_WORD && token->word >= WORD_CALL && token->word <= WORD_LEAVE) {
        *ret_kind = (enum event_kind)(token->word - WORD_CALL);
        parser_advance(parser);
        return true;
    }
    if (token->kind != TOKEN_NAME) {
        parser_unexpected(parser, "'call', 'return', 'enter' or 'leave'");
        return false;
    }
    struct suggestion near = suggestion_for(token->name);
    for (int word = WORD_CALL; word <= WORD_LEAVE; word++)
        suggestion_offer(&near, word_name((enum word)word));
    source_error(parser->source, token->place,
                 "'%s' is no kind of event (call, return, enter, leave)%s", token->name,
                 suggestion_text(&near, parser->arena));
    return false;
}

static bool parse_event_head(struct parser *parser, struct event_syntax *event)
{
    if (!parse_event_kind(parser, &event->kind))
        return false;
    bool function = event->kind == EVENT_CALL || event->kind == EVENT_RETURN;
    const char *what = function ? "the name of a function" : "a role";
    return parser_same_line(parser, what) && parse_names(parser, what, &event->names) &&
           parse_arguments(parser, event) && parse_result(parser, event);
}

static bool parse_message(struct parser *parser, struct transition_syntax *transition)
{
    if (!parser_at(parser, TOKEN_STRING)) {
        parser_unexpected(parser, "a string: the message of the error");
        return false;
    }
    struct text whole = {.arena = parser->arena}, pending = {.arena = parser->arena};
    struct place place = parser->token.place;
    for (; parser_at(parser, TOKEN_STRING); parser_advance(parser)) {
        size_t errors = parser->source->diag->errors;
        template_append(parser->source, &parser->token, &pending, &transition->parts);
        if (parser->source->diag->errors == errors)
            string_append(parser->source, &parser->token, &whole);
    }
    template_finish(parser->source, &pending, place, &transition->parts);
    transition->message = text_string(&whole);
    return true;
}

static bool parse_target(struct parser *parser, struct transition_syntax *transition)
{
    if (!parser_same_line(parser, "a state or 'error'"))
        return false;
    if (!parser_at_word(parser, WORD_ERROR))
        return parser_name(parser, "a state or 'error'", &transition->to);
    parser_advance(parser);
    return parse_message(parser, transition);
}

static bool parse_move(struct parser *parser, struct transition_syntax *transition)
{
    if (parser_at_word(parser, WORD_ERROR)) {
        struct place place = parser->token.place;
        transition->stateless = true;
        parser_advance(parser);
        if (parser_at(parser, TOKEN_ARROW)) {
            source_error(parser->source, place, "nothing leads out of 'error'");
            return false;
        }
        return parse_message(parser, transition);
    }
    if (parser_take(parser, TOKEN_STAR))
        transition->any_state = true;
    else if (!parse_names(parser, "a state, '*' or 'error'", &transition->from))
        return false;
    return parser_expect(parser, TOKEN_ARROW, "',' or '->' behind the state") &&
           parse_target(parser, transition);
}

/* `when` condition `:`. Goes on as if the colon was there if a transition follows. */
static bool parse_guard(struct parser *parser, struct transition_syntax *transition)
{
    parser_advance(parser);
    transition->guard = parse_expr(parser);
    parser->depth = 0;
    if (!transition->guard)
        return false;
    bool colon = parser_expect(parser, TOKEN_COLON, "':' behind the condition");
    if (at_transition(parser) && !parser_at_word(parser, WORD_WHEN))
        return true;
    if (colon)
        parser_unexpected(parser, "a transition: 'state -> state' or 'error \"...\"'");
    return false;
}

static bool parse_transition(struct parser *parser, struct transition_syntax *transition)
{
    transition->place = parser->token.place;
    if (parser_at_word(parser, WORD_WHEN) && !parse_guard(parser, transition))
        return false;
    if (!parse_move(parser, transition))
        return false;
    transition->place = parser_span(parser, transition->place);
    if (parser_at(parser, TOKEN_ARROW)) {
        source_error(parser->source, parser->token.place, "a transition has one '->'");
        return false;
    }
    return true;
}

static void parse_event(struct parser *parser, struct rule_syntax *rule, struct part_syntax *part)
{
    struct event_syntax event = {.place = parser->token.place};
    parser_advance(parser);
    if (!parse_event_head(parser, &event)) {
        event.broken = rule->broken = true;
        skip_to_transition(parser);
    }
    event.place = parser_span(parser, event.place);
    while (!at_section(parser)) {
        struct transition_syntax transition = {0};
        bool ok = at_transition(parser);
        if (!ok)
            unexpected_line(parser, "a transition, 'on' or another section");
        if (ok && parse_transition(parser, &transition)) {
            vec_push(parser->arena, &event.transitions, transition);
            continue;
        }
        event.broken = rule->broken = true;
        skip_to_transition(parser);
    }
    vec_push(parser->arena, &part->events, event);
}

/* ---- rules ---------------------------------------------------------------------------------- */

/* The part that a watch, states or on section belongs to. */
static struct part_syntax *current_part(struct parser *parser, struct rule_syntax *rule)
{
    if (!rule->parts.len)
        vec_push(parser->arena, &rule->parts, (struct part_syntax){.place = rule->id.place});
    return &vec_last(&rule->parts);
}

static bool parse_part(struct parser *parser, struct rule_syntax *rule)
{
    struct part_syntax part = {.place = parser->token.place};
    parser_advance(parser);
    if (rule->parts.len == 1 && !rule->parts.items[0].name.text) {
        source_error(parser->source, part.place,
                     "'part' must come before the first 'watch', 'states', 'table' or 'on'");
        rule->broken = true;
    }
    bool ok = parser_same_line(parser, "the name of the part") &&
              parser_name(parser, "the name of the part", &part.name);
    if (!ok)
        part.name = (struct name_syntax){"?", part.place};
    vec_push(parser->arena, &rule->parts, part);
    return ok;
}

static bool parse_declaration(struct parser *parser, struct rule_syntax *rule, bool *seen,
                              const char *what, name_list *names)
{
    struct part_syntax *part = current_part(parser, rule);
    struct place place = parser->token.place;
    const char *section = parser->token.name;
    if (*seen) {
        source_error(parser->source, place, "'%s' is given twice", section);
        rule->broken = true;
    } else if (part->events.len) {
        source_error(parser->source, place, "'%s' belongs before the first 'on'", section);
        rule->broken = true;
    }
    *seen = true;
    parser_advance(parser);
    bool ok = parse_section_names(parser, what, names);
    part->broken_names |= !ok;
    return ok;
}

static bool parse_table_section(struct parser *parser, struct rule_syntax *rule)
{
    struct part_syntax *part = current_part(parser, rule);
    struct table_syntax table = {0};
    if (part->events.len) {
        source_error(parser->source, parser->token.place, "'table' belongs before the first 'on'");
        rule->broken = true;
    }
    parse_table(parser, &table);
    rule->broken |= table.broken;
    part->broken_names |= table.broken;
    vec_push(parser->arena, &part->tables, table);
    return true;
}

/* `severity` behind `part`: of the findings of this part. */
static bool parse_part_severity(struct parser *parser, struct rule_syntax *rule,
                                struct part_syntax *part)
{
    struct place place = parser->token.place;
    if (part->severity_at.line) {
        source_error(parser->source, place, "'severity' is given twice");
        source_note(parser->source, part->severity_at, "the first 'severity'");
        rule->broken = true;
    } else if (part->has_watch || part->has_states || part->tables.len || part->events.len) {
        source_error(parser->source, place, "'severity' belongs right behind 'part'");
        rule->broken = true;
    }
    part->severity_at = place;
    parser_advance(parser);
    return parse_severity(parser, &part->severity);
}

static bool parse_section(struct parser *parser, struct rule_syntax *rule)
{
    struct part_syntax *part;
    switch (parser->token.word) {
    case WORD_TABLE:
        return parse_table_section(parser, rule);
    case WORD_SEVERITY:
        part = rule->parts.len ? &vec_last(&rule->parts) : NULL;
        return part && part->name.text ? parse_part_severity(parser, rule, part)
                                       : parse_head(parser, rule);
    case WORD_ON:
        parse_event(parser, rule, current_part(parser, rule));
        return true;
    case WORD_PART:
        return parse_part(parser, rule);
    case WORD_WATCH:
        part = current_part(parser, rule);
        return parse_declaration(parser, rule, &part->has_watch, "a variable", &part->watches);
    case WORD_STATES:
        part = current_part(parser, rule);
        return parse_declaration(parser, rule, &part->has_states, "a state", &part->states);
    default:
        return parse_head(parser, rule);
    }
}

static void unknown_section(struct parser *parser)
{
    const struct token *token = &parser->token;
    if (token->kind != TOKEN_NAME || !token->first) {
        unexpected_line(parser, "a section ('title', 'sets', 'states', 'on', ...)");
        return;
    }
    struct suggestion near = suggestion_for(token->name);
    for (int word = WORD_RULE; word <= WORD_LAST_SECTION; word++)
        suggestion_offer(&near, word_name((enum word)word));
    source_error(parser->source, token->place, "'%s' begins no section%s", token->name,
                 suggestion_text(&near, parser->arena));
}

static void parse_rule(struct parser *parser, struct rule_syntax *rule)
{
    struct place place = parser->token.place;
    parser_advance(parser);
    if (!parser_same_line(parser, "the id of the rule") ||
        !parser_name(parser, "the id of the rule", &rule->id)) {
        rule->id = (struct name_syntax){"?", place};
        rule->anonymous = true;
        rule->broken = true;
        skip_to_section(parser);
    }
    while (!parser_at(parser, TOKEN_END) && !parser_at_word(parser, WORD_RULE)) {
        bool known = at_section(parser);
        if (!known)
            unknown_section(parser);
        if (known && parse_section(parser, rule))
            continue;
        rule->broken = true;
        skip_to_section(parser);
    }
    current_part(parser, rule);
}

bool rule_parse(const char *file, const char *text, struct interner *names, struct rule_pack *pack,
                struct diag *diag)
{
    struct source source = {.file = intern(names, file),
                            .text = text,
                            .names = names,
                            .arena = names->arena,
                            .diag = diag};
    struct parser parser = {.source = &source, .arena = names->arena};
    size_t errors = diag->errors;
    lexer_init(&parser.lexer, &source);
    parser_advance(&parser);
    while (!parser_at(&parser, TOKEN_END)) {
        if (!parser_at_word(&parser, WORD_RULE)) {
            unexpected_line(&parser, "'rule'");
            while (!parser_at(&parser, TOKEN_END) && !parser_at_word(&parser, WORD_RULE))
                parser_advance(&parser);
            continue;
        }
        struct rule_syntax rule = {0};
        parse_rule(&parser, &rule);
        rule_check(&source, &rule, pack);
    }
    return diag->errors == errors;
}
