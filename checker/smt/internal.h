/* Shared by the files of smt/: term.c makes and folds terms, check.c asks Z3, text.c prints. */
#ifndef DRVLINT_SMT_INTERNAL_H
#define DRVLINT_SMT_INTERNAL_H

#include "smt/smt.h"

/* 1 for each term that an assertion is made of, in scratch memory of smt->arena; smt->nodes.len of them. */
uint8_t *smt_used(const struct smt *smt);

#endif
