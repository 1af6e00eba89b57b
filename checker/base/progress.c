#include "base/progress.h"

void progress_tell(const struct progress *progress, const char *doing, const char *what, size_t nth,
                   size_t total)
{
    if (progress)
        progress->tell(progress->context, doing, what, nth, total);
}
