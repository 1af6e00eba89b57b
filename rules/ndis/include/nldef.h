/* Network layer types. */
#ifndef DRVLINT_NLDEF_H
#define DRVLINT_NLDEF_H

#include "ntdef.h"

EXTERN_C_START

typedef enum {
    IpDadStateInvalid,
    IpDadStateTentative,
    IpDadStateDuplicate,
    IpDadStateDeprecated,
    IpDadStatePreferred,
} NL_DAD_STATE;

EXTERN_C_END

#endif
