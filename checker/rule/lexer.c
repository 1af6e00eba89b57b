#include "rule/internal.h"

#include <string.h>

static const char *const words[WORD_COUNT] = {
    [WORD_RULE] = "rule",
    [WORD_PART] = "part",
    [WORD_TITLE] = "title",
    [WORD_SETS] = "sets",
    [WORD_SEVERITY] = "severity",
    [WORD_NEEDS] = "needs",
    [WORD_WHY] = "why",
    [WORD_BAD] = "bad",
    [WORD_GOOD] = "good",
    [WORD_LIMITS] = "limits",
    [WORD_SEE] = "see",
    [WORD_WATCH] = "watch",
    [WORD_STATES] = "states",
    [WORD_TABLE] = "table",
    [WORD_ON] = "on",
    [WORD_CALL] = "call",
    [WORD_RETURN] = "return",
    [WORD_ENTER] = "enter",
    [WORD_LEAVE] = "leave",
    [WORD_WHEN] = "when",
    [WORD_ERROR] = "error",
    [WORD_IN] = "in",
    [WORD_MODEL] = "model",
    [WORD_SUCCEEDED] = "succeeded",
    [WORD_FAILED] = "failed",
};

/* Longer ones first, so that the first match is the longest. */
static const struct {
    const char *text;
    enum token_kind kind;
} punctuation[] = {
    {"...", TOKEN_ELLIPSIS}, {"->", TOKEN_ARROW}, {"==", TOKEN_EQ},       {"!=", TOKEN_NE},
    {"<=", TOKEN_LE},        {">=", TOKEN_GE},    {"&&", TOKEN_AND},      {"||", TOKEN_OR},
    {"<", TOKEN_LT},         {">", TOKEN_GT},     {"&", TOKEN_AMPERSAND}, {"|", TOKEN_BAR},
    {"+", TOKEN_PLUS},       {"-", TOKEN_MINUS},  {"!", TOKEN_NOT},       {"~", TOKEN_TILDE},
    {"(", TOKEN_OPEN},       {")", TOKEN_CLOSE},  {",", TOKEN_COMMA},     {":", TOKEN_COLON},
    {".", TOKEN_DOT},        {"*", TOKEN_STAR},   {"=", TOKEN_ASSIGN},
};

const char *word_name(enum word word)
{
    return words[word];
}

const char *token_kind_name(enum token_kind kind)
{
    for (size_t i = 0; i < ARRAY_LEN(punctuation); i++)
        if (punctuation[i].kind == kind)
            return punctuation[i].text;
    return NULL;
}

void lexer_init(struct lexer *lexer, struct source *source)
{
    const char *text = source->text;
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3; /* byte order mark */
    *lexer = (struct lexer){.source = source, .at = text, .line_start = text, .line = 1};
}

static struct place place_at(const struct lexer *lexer, const char *at, size_t length)
{
    return (struct place){.file = lexer->source->file,
                          .line = lexer->line,
                          .column = (uint32_t)(at - lexer->line_start) + 1,
                          .length = (uint32_t)length};
}

static void next_line(struct lexer *lexer)
{
    lexer->at++;
    lexer->line++;
    lexer->line_start = lexer->at;
}

/* White space and comments; tells whether a line ended. */
static bool skip_space(struct lexer *lexer)
{
    bool new_line = lexer->line == 1 && lexer->at == lexer->line_start;
    for (;;) {
        if (*lexer->at == '\n') {
            next_line(lexer);
            new_line = true;
        } else if (*lexer->at == ' ' || *lexer->at == '\t' || *lexer->at == '\r') {
            lexer->at++;
        } else if (lexer->at[0] == '/' && lexer->at[1] == '/') {
            lexer->at += strcspn(lexer->at, "\n");
        } else {
            return new_line;
        }
    }
}

/* Not isalpha(): the language does not depend on the locale. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_char(char c)
{
    return is_letter(c) || is_digit(c);
}

static enum word find_word(const char *name)
{
    for (int word = WORD_NONE + 1; word < WORD_COUNT; word++)
        if (strcmp(words[word], name) == 0)
            return word;
    return WORD_NONE;
}

static void read_name(struct lexer *lexer, struct token *token)
{
    while (is_word_char(*lexer->at))
        lexer->at++;
    token->name = intern_n(lexer->source->names, token->start, (size_t)(lexer->at - token->start));
    token->word = find_word(token->name);
    token->kind = token->word ? TOKEN_WORD : TOKEN_NAME;
    if (strcmp(token->name, "_") == 0)
        token->kind = TOKEN_ANY;
}

static int digit_value(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 16;
}

static void read_number(struct lexer *lexer, struct token *token)
{
    unsigned base = 10;
    const char *at = token->start;
    if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X')) {
        base = 16;
        at += 2;
    }
    while (is_word_char(*lexer->at))
        lexer->at++;
    token->kind = TOKEN_NUMBER;
    struct place place = place_at(lexer, token->start, (size_t)(lexer->at - token->start));
    if (at == lexer->at) {
        source_error(lexer->source, place, "a number needs digits behind '0x'");
        return;
    }
    for (; at < lexer->at; at++) {
        unsigned digit = (unsigned)digit_value(*at);
        if (digit >= base) {
            source_error(lexer->source, place, "'%.*s' is no number", (int)place.length,
                         token->start);
            return;
        }
        if (token->number > (UINT64_MAX - digit) / base) {
            source_error(lexer->source, place, "the number does not fit in 64 bits");
            return;
        }
        token->number = token->number * base + digit;
    }
}

static void read_string(struct lexer *lexer, struct token *token)
{
    token->kind = TOKEN_STRING;
    for (lexer->at++; *lexer->at && *lexer->at != '\n' && *lexer->at != '\r'; lexer->at++) {
        if (*lexer->at == '"') {
            lexer->at++;
            return;
        }
        if (lexer->at[0] == '\\' && lexer->at[1] && lexer->at[1] != '\n' && lexer->at[1] != '\r')
            lexer->at++;
    }
    source_error(lexer->source, place_at(lexer, token->start, (size_t)(lexer->at - token->start)),
                 "the string has no closing '\"' on its line");
}

static void read_block(struct lexer *lexer, struct token *token)
{
    token->kind = TOKEN_TEXT;
    struct place place = place_at(lexer, lexer->at, 3);
    for (lexer->at += 3; *lexer->at;) {
        if (strncmp(lexer->at, "\"\"\"", 3) == 0) {
            lexer->at += 3;
            return;
        }
        if (*lexer->at == '\n')
            next_line(lexer);
        else
            lexer->at++;
    }
    source_error(lexer->source, place, "the text has no closing '\"\"\"'");
}

/* One diagnostic for a run of characters that begin no token. */
static void skip_garbage(struct lexer *lexer)
{
    const char *start = lexer->at;
    unsigned char c = (unsigned char)*start;
    if (c >= 0x80) {
        while ((unsigned char)*lexer->at >= 0x80)
            lexer->at++;
        source_error(lexer->source, place_at(lexer, start, (size_t)(lexer->at - start)),
                     "characters beyond ASCII may only stand in strings and texts");
        return;
    }
    lexer->at++;
    if (c < 0x20 || c == 0x7f)
        source_error(lexer->source, place_at(lexer, start, 1),
                     "unexpected control character 0x%02x", c);
    else
        source_error(lexer->source, place_at(lexer, start, 1), "unexpected character '%c'%s", c,
                     c == '#' || c == '/' ? "; comments begin with '//'" : "");
}

static bool read_punctuation(struct lexer *lexer, struct token *token)
{
    for (size_t i = 0; i < ARRAY_LEN(punctuation); i++) {
        size_t length = strlen(punctuation[i].text);
        if (strncmp(lexer->at, punctuation[i].text, length) == 0) {
            lexer->at += length;
            token->kind = punctuation[i].kind;
            return true;
        }
    }
    return false;
}

/* False: there was something that begins no token; it is skipped and reported. */
static bool read_token(struct lexer *lexer, struct token *token)
{
    if (!*lexer->at)
        token->kind = TOKEN_END;
    else if (is_letter(*lexer->at))
        read_name(lexer, token);
    else if (is_digit(*lexer->at))
        read_number(lexer, token);
    else if (strncmp(lexer->at, "\"\"\"", 3) == 0)
        read_block(lexer, token);
    else if (*lexer->at == '"')
        read_string(lexer, token);
    else if (!read_punctuation(lexer, token)) {
        skip_garbage(lexer);
        return false;
    }
    return true;
}

struct token lexer_next(struct lexer *lexer)
{
    struct token token;
    bool first = false;
    do {
        first |= skip_space(lexer);
        token = (struct token){.start = lexer->at, .first = first};
        token.place = place_at(lexer, lexer->at, 1);
    } while (!read_token(lexer, &token));
    token.length = (size_t)(lexer->at - token.start);
    token.place.length = token.kind == TOKEN_TEXT ? 3 : (uint32_t)token.length;
    return token;
}

struct token lexer_page(struct lexer *lexer, const struct token *token)
{
    struct token page = *token;
    if (token->kind != TOKEN_NAME && token->kind != TOKEN_WORD)
        return page;
    lexer->at = token->start;
    while (is_word_char(*lexer->at) || (*lexer->at && strchr("-~./", *lexer->at)))
        lexer->at++;
    page.kind = TOKEN_PAGE;
    page.word = WORD_NONE;
    page.length = (size_t)(lexer->at - page.start);
    page.place.length = (uint32_t)page.length;
    page.name = intern_n(lexer->source->names, page.start, page.length);
    return page;
}
