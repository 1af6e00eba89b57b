/* WPP software tracing: which functions are trace functions. The WDK's preprocessor is told so in
 * configuration comments or on its command line, which drvlint does not see; in the latter case
 * their calls give them away, for they alone take the flags that WPP_CONTROL_GUIDS declares. */
#include "frontend/internal.h"

#include <ctype.h>
#include <string.h>

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static size_t word_length(const char *text)
{
    size_t length = 0;
    while (is_word(text[length]))
        length++;
    return length;
}

static void add_word(struct arena *arena, strings *words, const char *word, size_t length)
{
    for (size_t i = 0; i < words->len; i++)
        if (strlen(words->items[i]) == length && !memcmp(words->items[i], word, length))
            return;
    if (length)
        vec_push(arena, words, arena_strndup(arena, word, length));
}

/* `// FUNC TraceEvents(LEVEL, FLAGS, MSG, ...);` between begin_wpp and end_wpp. */
static void read_configuration(struct arena *arena, struct wpp *wpp, const char *text)
{
    const char *at = strstr(text, "begin_wpp");
    while (at) {
        const char *end = strstr(at, "end_wpp");
        while (end && (at = strstr(at, "FUNC ")) && at < end) {
            at += strlen("FUNC ");
            at += strspn(at, " \t");
            add_word(arena, &wpp->functions, at, word_length(at));
        }
        at = end ? strstr(end, "begin_wpp") : NULL;
    }
}

/* WPP_DEFINE_BIT(MYDRIVER_INIT) */
static void read_flags(struct arena *arena, struct wpp *wpp, const char *text)
{
    static const char define[] = "WPP_DEFINE_BIT";
    for (const char *at = text; (at = strstr(at, define));) {
        at += strlen(define);
        at += strspn(at, " \t");
        if (*at != '(')
            continue;
        at++;
        at += strspn(at, " \t");
        add_word(arena, &wpp->flags, at, word_length(at));
    }
}

void wpp_read(struct arena *arena, struct wpp *wpp, const char *text, size_t length)
{
    if (memmem(text, length, "begin_wpp", strlen("begin_wpp")))
        read_configuration(arena, wpp, text);
    if (memmem(text, length, "WPP_DEFINE_BIT", strlen("WPP_DEFINE_BIT")))
        read_flags(arena, wpp, text);
    if (memmem(text, length, ".tmh", strlen(".tmh")))
        vec_push(arena, &wpp->texts, (struct wpp_text){text, length});
}

/* WPP's own macros, and words that may stand in front of a parenthesis without being called. */
static bool is_reserved(const char *word, size_t length)
{
    static const char *const keywords[] = {"if", "while", "for", "switch", "return", "sizeof"};
    for (size_t i = 0; i < ARRAY_LEN(keywords); i++)
        if (strlen(keywords[i]) == length && !memcmp(word, keywords[i], length))
            return true;
    return length >= 4 && !memcmp(word, "WPP_", 4);
}

/* The name in front of the '(' whose first or second argument starts at `at`; NULL if there is
 * none. */
static const char *callee(const char *text, const char *at, size_t *ret_length)
{
    while (at > text && isspace((unsigned char)at[-1]))
        at--;
    if (at > text && at[-1] == ',') {
        at--;
        while (at > text && (is_word(at[-1]) || isspace((unsigned char)at[-1])))
            at--;
    }
    if (at == text || at[-1] != '(')
        return NULL;
    at--;
    while (at > text && isspace((unsigned char)at[-1]))
        at--;
    const char *end = at;
    while (at > text && is_word(at[-1]))
        at--;
    *ret_length = (size_t)(end - at);
    return *ret_length && !is_reserved(at, *ret_length) ? at : NULL;
}

/* Finds calls that are given `flag`. */
static void read_calls(struct arena *arena, struct wpp *wpp, const struct wpp_text *text,
                       const char *flag)
{
    size_t length = strlen(flag), name;
    for (const char *at = text->bytes; (at = strstr(at, flag)); at += length) {
        if (is_word(at[length]) || (at > text->bytes && is_word(at[-1])))
            continue;
        const char *function = callee(text->bytes, at, &name);
        if (function)
            add_word(arena, &wpp->functions, function, name);
    }
}

char *wpp_stub(struct arena *arena, struct wpp *wpp)
{
    static const char *const always[] = {"WPP_INIT_TRACING", "WPP_CLEANUP", "DoTraceMessage",
                                         "DoTraceMessageEx", "DoDebugTrace"};
    for (size_t i = 0; i < ARRAY_LEN(always); i++)
        add_word(arena, &wpp->functions, always[i], strlen(always[i]));
    for (size_t i = 0; i < wpp->texts.len; i++)
        for (size_t k = 0; k < wpp->flags.len; k++)
            read_calls(arena, wpp, &wpp->texts.items[i], wpp->flags.items[k]);
    char *text = arena_strdup(arena, "");
    for (size_t i = 0; i < wpp->functions.len; i++) {
        const char *name = wpp->functions.items[i];
        text = arena_printf(arena, "%s#ifndef %s\n#define %s(...) ((void)0)\n#endif\n", text, name,
                            name);
    }
    return text;
}
