/* Debug helpers of the C library, as in a free build. */
#ifndef DRVLINT_CRTDBG_H
#define DRVLINT_CRTDBG_H

#define _ASSERT(expression) ((void)0)
#define _ASSERTE(expression) ((void)0)

#endif
