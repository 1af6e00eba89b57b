/* assert, as in a free build. */
#ifndef DRVLINT_ASSERT_H
#define DRVLINT_ASSERT_H

#define assert(expression) ((void)0)
#define static_assert _Static_assert

#endif
