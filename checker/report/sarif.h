/* Shared by the parts of the SARIF writer (OASIS Standard, Static Analysis Results Interchange
 * Format 2.1.0):
 *
 *   sarif.c         the log and its run: tool, taxonomy, checkout, what was not analysed
 *   sarif_rule.c    rules as descriptors
 *   sarif_result.c  verdicts and findings as results, paths as code flows
 *   sarif_place.c   places as locations
 *
 * docs/formats.md says what a reader may rely on. */
#ifndef DRVLINT_REPORT_SARIF_H
#define DRVLINT_REPORT_SARIF_H

#include "base/json.h"
#include "report/internal.h"
#include "rule/rule.h"

#define SARIF_ROOT "SRCROOT"        /* the base of all addresses below the checkout */
#define SARIF_ELSEWHERE "ELSEWHERE" /* and of all others: the root of the file system */
#define SARIF_FINGERPRINT "drvlintFinding/v1"

struct sarif {
    struct writer *writer;
    const struct results *results;
    const struct rule_pack *pack; /* NULL: rules are known by name and title only */
    bool github;
    bool elsewhere;               /* some address is not below SRCROOT */
    VEC(const char *) weaknesses; /* numbers of the taxa, in their order */
};

/* ---- sarif.c ---- */

/* {"text": a sentence}: with a capital and a full stop. */
void sarif_add_message(struct sarif *sarif, struct json *parent, const char *key, const char *text);
const char *sarif_sentence(const struct sarif *sarif, const char *text);
/* Brackets that a reader would take for a link are escaped. */
const char *sarif_plain(struct arena *arena, const char *text);

/* ---- sarif_place.c ---- */

/* "physicalLocation" and, if `function` is not NULL, "logicalLocations". `context`: with the lines
 * around. Nothing for no place. */
void sarif_add_place(struct sarif *sarif, struct json *location, const struct place *place,
                     const char *function, bool context);
void sarif_add_artifact(struct sarif *sarif, struct json *parent, const char *key,
                        const char *path);

/* ---- sarif_rule.c ---- */

/* The rows of the options' table that are about a rule, in their order. */
const struct weakness *sarif_weakness(const struct sarif *sarif, const char *rule, size_t *from);
size_t sarif_weakness_index(const struct sarif *sarif, const char *number);
void sarif_add_rules(struct sarif *sarif, struct json *driver);
void sarif_add_notification_rules(struct sarif *sarif, struct json *driver);
/* Rules whose level the project has changed. */
void sarif_add_overrides(struct sarif *sarif, struct json *invocation);
void sarif_add_taxonomies(struct sarif *sarif, struct json *run);

/* The ids of messages; all rules have the same. */
enum sarif_message { SARIF_FAIL, SARIF_PASS, SARIF_OPEN, SARIF_NOT_APPLICABLE };
extern const struct sarif_message_row {
    const char *id, *kind, *text; /* the text has its arguments as {0}, ... */
} sarif_messages[];

/* ---- sarif_result.c ---- */

void sarif_add_results(struct sarif *sarif, struct json *run);

#endif
