/* Reports: results rendered as text, JSON, ... No analysis here. */
#ifndef DRVLINT_REPORT_H
#define DRVLINT_REPORT_H

#include "base/diag.h"
#include "base/file.h"
#include "result/result.h"
#include <stdio.h>

struct rule_pack;

/* Who reads a SARIF log: everything, or what GitHub's code scanning makes alerts of. */
enum report_profile { PROFILE_FULL, PROFILE_GITHUB };

/* An entry of the CWE list that findings of a rule are cases of. */
struct weakness {
    const char *rule;   /* id of a rule or name of a set */
    const char *number; /* "772" */
    const char *title;
};

struct weakness_table {
    VEC(struct weakness) rows;
};

struct report_options {
    bool colour;         /* ANSI colours; the caller looked at the terminal and NO_COLOR */
    bool quiet;          /* text: findings only, no verdict table */
    const char *version; /* of drvlint */
    const char *pack;    /* name and version of the rule pack */
    const char *root;    /* directory that file names in the output are relative to, or NULL */
    const struct unsaved_files *unsaved; /* read in the place of sources, or NULL */
    bool editor;                         /* JSON: paths as a page shows them, help for rules */
    /* For the formats that other programs read; all may be absent. */
    const char *home;   /* directory of the project, absolute, if it was found above the root */
    const char *driver; /* its name */
    const char *homepage;
    enum report_profile profile;
    const char *graph;             /* call graph as JSON (model_graph_json()), for HTML */
    const struct rule_pack *rules; /* what the rules are about */
    const struct weakness_table *weaknesses;
};

/* One output format. Writes the whole report; false if writing failed (errno). Every string in
 * `results` and the source lines that it reads again from the files named there are only read. */
struct report_format {
    const char *name;    /* "text", "json" */
    const char *summary; /* for --help */
    bool of_checkout;    /* file names are relative to results->revision.root if that is known */
    bool (*write)(const struct results *results, const struct report_options *options,
                  struct arena *scratch, FILE *out);
};

/* What was not analysed and what to do about it, for people; results without verdicts will do. */
bool report_doctor(const struct results *results, const struct report_options *options,
                   struct arena *scratch, FILE *out);

/* The functions of the system that the driver calls, and what is known of them. */
bool report_ddis(const struct results *results, const struct report_options *options,
                 struct arena *scratch, FILE *out);
bool report_ddis_json(const struct results *results, const struct report_options *options,
                      struct arena *scratch, FILE *out);

/* NULL-terminated table by name. */
extern const struct report_format report_formats[];
const struct report_format *report_find(const char *name);

/* Renders diagnostics like a compiler: place, level, text, source line and caret, notes. */
void report_diagnostics(const struct diag *diag, const struct report_options *options,
                        struct arena *scratch, FILE *out);

/* 0 clean, 1 open findings of that severity or a worse one, 3 something could not be analysed (2,
 * usage, is the caller's). */
int report_exit_status(const struct results *results, enum severity least);

#endif
