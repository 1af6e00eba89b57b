/* Keys of sources. */
#ifndef DRVLINT_FRONTEND_KEY_H
#define DRVLINT_FRONTEND_KEY_H

#include "frontend/include.h"

/* Makes the key of a work that was scanned as a whole, beginning with `digest`. False if something
 * may matter that the key does not have. ret_paths has the interned paths of all files that it has,
 * in `arena`. */
bool key_make(struct scan *scan, struct arena *arena, const struct setup *setup,
              const struct work *work, struct digest digest, struct digest_value *ret_key,
              struct map *ret_paths);

#endif
