/* Cancel-safe queues; they are in wdm.h. */
#ifndef DRVLINT_CSQ_H
#define DRVLINT_CSQ_H

#include "wdm.h"



#endif
