/* Processor groups; they are in wdm.h. */
#ifndef DRVLINT_PROCGRP_H
#define DRVLINT_PROCGRP_H

#include "wdm.h"



#endif
