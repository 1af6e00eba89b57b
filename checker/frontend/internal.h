/* What the files of frontend/ share. */
#ifndef DRVLINT_FRONTEND_INTERNAL_H
#define DRVLINT_FRONTEND_INTERNAL_H

#include "base/digest.h"
#include "base/map.h"
#include "frontend/frontend.h"

#include <pthread.h>

typedef VEC(const char *) strings;

struct header;
struct run;
struct scan;
struct reader;

/* -- what a run needs, immutable while threads work -- */

/* What stands in for a file that does not exist. */
enum stub_kind {
    STUB_EMPTY,
    STUB_TRACED,  /* *.tmh: made by a preprocessor that drvlint does not need */
    STUB_CLASSES, /* made of the classes in *.mof files */
    STUB_KINDS,
};

/* An #include whose file does not exist: a stub stands in for it. */
struct missing_include {
    const char *file; /* with the #include; normalized */
    uint32_t line;
    const char *name; /* as written */
    enum stub_kind kind;
};

/* Where #includes that clang alone would not find lead to. */
struct include_map {
    const char *overlay;           /* file for -ivfsoverlay, or NULL if clang finds everything */
    const char *stubs[STUB_KINDS]; /* contents of missing files; NULL with .overlay */
    VEC(struct missing_include) missing;
};

struct setup {
    const struct frontend_options *options;
    const char *clang;     /* the program */
    const char *resources; /* clang's own headers and libraries */
    const char *target;
    struct digest_value compiler; /* which clang that is, if there is a cache */
    const char *unsaved; /* file for -ivfsoverlay with options->unsaved, or NULL */
    struct include_map includes;
};

/* Finds clang and where it has its headers. Errors say what to install. */
bool setup_find_clang(struct arena *arena, const struct frontend_options *options,
                      struct setup *ret_setup, struct diag *diag);

/* -- command line of clang -- */

void strings_append(struct arena *arena, strings *to, const strings *from);

/* The flags that decide what a source means: the same for libclang and the clang program, without
 * the program's name and the source's, and without the overlay for includes. */
void flags_of_source(struct arena *arena, const struct setup *setup, const struct source *source,
                     strings *ret_flags);

/* The directories that #include searches, in order. */
struct search_path {
    strings quoted; /* before the others for "..." */
    strings angled;
    strings forced; /* files that come before the first line */
    size_t own;     /* angled.items[own...] are the pack's and clang's: their includes are right */
};

void search_path_of(struct arena *arena, const struct setup *setup, const struct source *source,
                    struct search_path *ret_path);

/* -- trace calls -- */

/* What the sources say of their trace functions for WPP, the preprocessor that makes *.tmh files.
 */
struct wpp_text {
    const char *bytes;
    size_t length;
};

struct wpp {
    strings functions; /* declared in configuration comments */
    strings flags;     /* declared by WPP_DEFINE_BIT */
    VEC(struct wpp_text) texts;
};

/* Notes what a file says. The text must live as long as `wpp`. */
void wpp_read(struct arena *arena, struct wpp *wpp, const char *text, size_t length);

/* The text that stands in for a *.tmh file: defines all trace functions away. Their calls say
 * nothing about the driver's behaviour, and would not compile without what WPP generates. */
char *wpp_stub(struct arena *arena, struct wpp *wpp);

/* -- classes of WMI -- */

struct mof {
    strings stems; /* names of the files without their extension */
    char *text;    /* what a header has for their classes; NULL: nothing */
};

/* Adds the classes of a *.mof file. */
void mof_read(struct arena *arena, struct mof *mof, const char *name, const char *bytes,
              size_t length);

/* Does that header look like one that is made of the classes? */
bool mof_makes(const struct mof *mof, const char *header);

/* The text that stands in for it. */
char *mof_header(struct arena *arena, const struct mof *mof);

/* -- overlays -- */

/* A file that clang finds at `path` and that is elsewhere. */
struct overlay_file {
    const char *path; /* normalized */
    const char *contents;
    bool keep_name; /* clang calls it `path`, else what it is */
};

struct overlay {
    VEC(struct overlay_file) files;
};

/* Writes a file for -ivfsoverlay. */
bool overlay_write(struct arena *arena, const struct overlay *overlay, const char *file,
                   struct diag *diag);

/* Writes the unsaved texts of the options, and an overlay with them. */
bool overlay_write_unsaved(struct run *run, struct diag *diag);

/* Appends what has clang read unsaved texts. It goes in front of all flags: clang looks through
 * overlays from the last to the first, and repairs and redirections lead to these texts. */
void overlay_flags(struct arena *arena, const struct setup *setup, strings *flags);

/* -- compiling -- */

/* One source for the clang program. */
struct compile_input {
    const char *path;
    char *bitcode; /* result; NULL: failed */
    size_t length;
};

/* What one run of clang said. */
struct compile_result {
    bool ok;    /* all inputs have bitcode */
    int status; /* as in struct process_result */
    int error;
    const char *errors;
};

/* Compiles inputs that have the same flags in one run of clang, which saves most of clang's start.
 * When any input fails, none gets bitcode. */
void compile(struct arena *arena, const struct setup *setup, const strings *flags,
             struct compile_input *inputs, size_t ninputs, struct compile_result *ret_result);

/* Cuts what clang wrote for several inputs into one piece per module. False if the bytes are not
 * exactly `count` modules. */
bool bitcode_split(char *bytes, size_t length, struct compile_input *inputs, size_t count);

/* Adds the messages of clang's standard error output, or what `result` says of its end, to diag. */
void compile_explain(const struct setup *setup, const struct compile_result *result,
                     const char *path, struct diag *diag);

/* -- facts -- */

/* A text that clang reads in a file's place: the file as it is now, or with repairs. */
struct replaced_text {
    const char *path; /* as clang calls the file */
    const char *bytes;
    size_t length;
};

/* A header that sources of one directory with the same flags begin with, read once for all. */
struct head {
    struct arena arena;
    const char *directory, *name; /* as it is included: "\"driver.h\"" */
    const strings *flags;
    bool is_cxx;
    size_t number, count;        /* of how many sources */
    const char *file;            /* what libclang and clang read instead; NULL: nothing */
    struct diag diag;            /* to be said of every source */
    strings inclusions;          /* as in struct parsed */
    const struct reader *reader; /* what was read of it */
    double seconds;
};

/* What libclang told of one source. All of it lives in one arena. */
struct parsed {
    struct facts *facts; /* NULL: it could not be read at all */
    struct diag diag;
    strings unused; /* static functions that nothing reaches: clang would leave them out */
    VEC(struct replaced_text) replaced; /* repairs; empty for most sources */
    const char *prelude; /* one of .replaced, to be included before the first line, or NULL */
    bool partial;        /* something was left out */
    VEC(struct omission) omissions;
    VEC(struct missing_header) headers;
    strings inclusions;  /* files that libclang read, normalized; only if there is a cache */
    const struct head *head; /* that it was read behind, or NULL */
    const char *begin;       /* the #include that the head stands for, and where it was */
    size_t begin_offset;
};

/* Parses one source. `index` is a CXIndex that keeps declarations of heads out. `head` may be NULL.
 * ret_parsed->diag is ready to use. */
void facts_read(struct arena *arena, void *index, const struct setup *setup,
                const struct source *source, const strings *flags, const struct head *head,
                struct parsed *ret_parsed);

/* -- heads -- */

/* Gives sources their heads. */
void heads_find(struct run *run);

/* Makes one. Heads may be made side by side. */
void head_make(struct run *run, struct head *head);

/* Adds what has libclang and clang take a head. */
void head_flags(struct arena *arena, const struct head *head, strings *flags);

/* Reads a head and writes `file`; false if it is none. */
bool head_read(const struct setup *setup, struct head *head, const char *file);

/* Undoes what was read behind a head: the source begins with its #include again. */
void head_leave(struct arena *arena, const struct source *source, struct parsed *parsed);

/* -- what earlier runs made -- */

/* Notes which clang it is. */
void setup_identify(struct setup *setup, struct arena *arena);

/* Takes units of earlier runs out of the works, where nothing has changed that they depend on.
 * `arena` and `names` are the caller's. */
void kept_take(struct run *run, struct scan *scan, struct arena *arena, struct interner *names);

/* Keeps what the works made, unless a file was changed meanwhile. */
void kept_store(struct run *run);

/* The same for models, which have bitcode only. */
bool kept_take_models(struct run *run); /* whether all were there */
void kept_store_models(struct run *run);

/* -- runs -- */

/* One source on its way. */
struct work {
    const struct source *source;
    struct unit **unit;      /* what becomes of it; NULL for models */
    struct header *includes; /* what it is made of; see include.h */
    size_t number;           /* among all, if there is a cache */
    struct digest_value key; /* of all that decides on it, the same */
    bool sure;               /* the key has all that matters */
    strings flags;
    size_t size;       /* of the source in bytes */
    struct head *head; /* to read it behind, or NULL */
    struct parsed parsed;
    struct compile_input input;
    bool compiled;
};

/* What one worker does in one go: sources that have the same flags and head. */
struct batch {
    struct arena arena;
    struct work **works;
    size_t count, size;
    double parse_seconds, compile_seconds;
};

struct run {
    struct arena arena; /* lives until the end of the run; not for workers */
    struct setup setup;
    struct work *works; /* one per source that the cache does not have, in their order */
    size_t nworks;
    const struct progress *progress;
    struct work *all; /* one per source, with a cache */
    size_t nall;
    bool facts_wanted; /* else bitcode only */
    unsigned jobs;
    VEC(struct head *) heads;
    VEC(struct batch) batches;
    pthread_mutex_t lock;  /* for what follows */
    size_t told;           /* sources that somebody has begun to read */
    size_t next;           /* batch that nobody has taken yet */
    const char *directory; /* for temporary files; NULL until someone needs one */
};

/* The run's directory for temporary files, made on the first call; NULL and an error if that is
 * impossible. The string lives in `arena`. */
const char *run_directory(struct run *run, struct arena *arena, struct diag *diag);

bool same_flags(const strings *a, const strings *b);

/* Spreads the works over batches. */
void batches_cut(struct run *run);

/* Does all batches with that many workers (0: one per processor). */
void batches_work(struct run *run, unsigned jobs);

double seconds_now(void);

#endif
