#include "base/digest.h"
#include "test/check.h"

static const char fox[] = "The quick brown fox jumps over the lazy dog";

/* What the author's own program says. */
static void test_known(struct arena *arena)
{
    static const struct {
        const char *why, *text, *want;
    } cases[] = {
        {"nothing", "", "00000000000000000000000000000000"},
        {"two blocks and a rest", fox, "e34bbc7bbc071b6c7a433ca9c49a9347"},
        {"a rest only", "hello", "cbd8a7b341bd9b025b1e906a48ae1d19"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct digest digest = {0};
        digest_bytes(&digest, cases[i].text, strlen(cases[i].text));
        CHECK_TEXT(digest_hex(arena, digest_value(&digest)), cases[i].want, cases[i].why);
    }
}

static void test_pieces(void)
{
    struct digest whole = {0};
    digest_bytes(&whole, fox, strlen(fox));
    for (size_t first = 0; first <= strlen(fox); first++)
        for (size_t second = first; second <= strlen(fox); second++) {
            struct digest pieces = {0};
            digest_bytes(&pieces, fox, first);
            digest_bytes(&pieces, fox + first, second - first);
            digest_bytes(&pieces, fox + second, strlen(fox) - second);
            CHECK(digest_equal(digest_value(&whole), digest_value(&pieces)), "cut anywhere");
        }
}

static struct digest_value of_texts(const char *first, const char *second)
{
    struct digest digest = {0};
    digest_text(&digest, first);
    digest_text(&digest, second);
    return digest_value(&digest);
}

static void test_borders(void)
{
    CHECK(!digest_equal(of_texts("ab", "c"), of_texts("a", "bc")), "texts keep their borders");
    CHECK(!digest_equal(of_texts("", "a"), of_texts("a", "")), "an empty text counts");
    CHECK(!digest_equal(of_texts(NULL, "a"), of_texts("", "a")), "no text is not an empty one");
    CHECK(!digest_equal(of_texts("a", "b"), of_texts("b", "a")), "the order counts");
}

int main(void)
{
    struct arena arena;
    arena_init(&arena, NULL, NULL);
    test_known(&arena);
    test_pieces();
    test_borders();
    arena_finish(&arena);
    return check_status();
}
