/* Newer kits split ndis.h; here it is one file. */
#include "../ndis.h"
