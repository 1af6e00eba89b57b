/* What the files of lsp/ share:
 *
 *   server.c      the loop, the client's life, which message goes where
 *   stream.c      messages on a stream of bytes
 *   message.c     what is said to the client
 *   text.c        positions in texts, addresses of files
 *   document.c    what the editor has open
 *   driver.c      which driver a document belongs to
 *   check.c       one check at a time, as a child process
 *   diagnostic.c  from results to diagnostics
 *   help.c        hovers, code actions, explanations
 */
#ifndef DRVLINT_LSP_INTERNAL_H
#define DRVLINT_LSP_INTERNAL_H

#include "base/diag.h"
#include "base/json.h"
#include "base/process.h"
#include "base/vec.h"
#include "lsp/lsp.h"

/* -- stream.c -- */

enum {
    MOST_MESSAGE = 64 * 1024 * 1024, /* bytes of one message; no source is as long */
    MOST_HEADER = 4096,              /* bytes of one line of a header */
};

/* Bytes that were read and not yet taken. */
struct stream {
    struct arena arena;
    VEC(char) bytes;
    size_t taken;    /* of the bytes */
    uint64_t length; /* of the message whose header is being read */
    bool has_length;
    bool in_message; /* its header is complete */
    uint64_t skip;   /* bytes of a message that is too long and still comes */
    bool garbage;    /* in bytes that are no header; it was told */
};

enum taken {
    TAKEN_MESSAGE,   /* here is one */
    TAKEN_NOTHING,   /* more bytes have to be read */
    TAKEN_NO_HEADER, /* there are bytes that are no header; they are passed over */
    TAKEN_TOO_LONG,  /* a message is longer than MOST_MESSAGE; it is passed over */
};

void stream_init(struct stream *stream, const struct arena *like);
void stream_finish(struct stream *stream);

/* Reads what is there, or waits until something is. False at the end of the stream. */
bool stream_read(struct stream *stream, int fd);

/* Takes the next message. *ret_text lives in `arena` and has a NUL behind *ret_length bytes. */
enum taken stream_take(struct stream *stream, struct arena *arena, const char **ret_text,
                       size_t *ret_length);

/* Writes a message with its header. False if the other side is gone. */
bool stream_write(int fd, const char *text, size_t length);

/* -- text.c -- */

/* What characters of a position count: code units of that encoding. */
enum encoding { ENCODING_UTF16, ENCODING_UTF8 };

struct position {
    uint32_t line, character; /* from 0 */
};

struct range {
    struct position start, end;
};

struct text {
    const char *bytes; /* with a NUL behind */
    size_t length;
};

/* The line's bytes without its end; empty behind the last line. Lines end as the protocol says: at
 * \n, \r\n and \r. */
struct text text_line(struct text text, uint32_t line);

/* How many characters the first `bytes` bytes of a line count. */
uint32_t text_units(struct text line, size_t bytes, enum encoding encoding);

/* Byte offset of a position. What is beyond a line or the text is its end. */
size_t text_offset(struct text text, struct position position, enum encoding encoding);

/* The word that stands at a place of drvlint's (line and byte column from 1, 0: unknown), or the
 * character if it is none; the whole line without a column. */
struct range text_word(struct text text, uint32_t line, uint32_t column, enum encoding encoding);

/* The path of a `file:` address, normalized; NULL for others. */
const char *uri_path(struct arena *arena, const char *uri);
const char *uri_of_path(struct arena *arena, const char *path);

/* -- document.c -- */

struct driver;

/* A document that the editor has open. */
struct document {
    struct arena arena; /* of everything in it */
    bool open;          /* else it may be used anew */
    const char *uri, *path;
    double version;
    struct text text;
    struct driver *driver; /* that it belongs to */
};

/* -- driver.c -- */

/* A place in a file that a diagnostic tells of. */
struct location {
    const char *path;
    struct range range;
    const char *text;
};

struct diagnostic {
    const char *path;
    struct range range; /* moves with edits in front of it */
    int severity;       /* as in the protocol: 1 error ... 4 hint */
    const char *rule;   /* NULL: about a suppression */
    const char *message;
    bool unnecessary; /* the text at the range has no effect */
    VEC(struct location) related;
};

/* What a rule is about. */
struct help {
    const char *rule, *text;
    const char *address; /* of more, or NULL */
};

/* What one check found. */
struct findings {
    struct arena arena; /* of everything in it */
    VEC(struct diagnostic) items;
    VEC(struct help) help; /* for the rules of the diagnostics */
};

/* A driver of which documents are open. */
struct driver {
    bool used;          /* else it may be used anew */
    struct arena arena; /* of its names */
    const char *root;   /* the folder that is checked; absolute */
    bool wanted;        /* to be checked */
    struct findings found;
    const char *trouble; /* the last one that was shown, or NULL; in found's arena */
};

/* -- check.c -- */

/* What a document was when a check began. */
struct snapshot {
    const char *path;
    double version;
    struct text text;
};

struct check {
    struct arena arena;    /* of this check */
    struct driver *driver; /* NULL: none runs */
    struct process process;
    const char *directory; /* for its temporary files */
    VEC(struct snapshot) snapshots;
    double progress; /* token, and the number of the request for it; 0: none */
    bool progress_shown;
};

/* -- server -- */

enum life {
    LIFE_NEW, /* nothing but `initialize` is answered */
    LIFE_RUNNING,
    LIFE_SHUTDOWN, /* nothing but `exit` is heard */
    LIFE_OVER,
};

/* What the client can do with what we say. */
struct client {
    bool related, tags, code_description, versions; /* of diagnostics */
    bool markdown;                                  /* hovers */
    bool progress;                                  /* progress that the server begins */
    bool show_document;
    bool literal_actions;  /* code actions that are no commands */
    bool document_changes; /* edits with versions */
};

struct server {
    const struct lsp_options *options;
    struct arena *arena;  /* as long as the server */
    struct arena scratch; /* as long as one message */
    struct stream in;
    int out;
    bool gone; /* nobody reads what we write */
    enum life life;
    bool shutdown; /* the client asked for it */
    struct client client;
    enum encoding encoding;
    struct arena folder_arena;
    VEC(const char *) folders; /* of the workspace */
    VEC(struct document *) documents;
    VEC(struct driver *) drivers;
    struct check check;
    const char *directory; /* for temporary files, or NULL */
    double last_request;   /* number of the last request to the client */
    unsigned checks;       /* that were started */
};

/* An arena that fails as the server's do. */
struct arena server_arena(const struct server *server);

/* The server's directory for temporary files, made on the first call; NULL if that is impossible.
 */
const char *server_directory(struct server *server);

/* -- message.c -- */

enum error_code {
    ERROR_PARSE = -32700,
    ERROR_INVALID_REQUEST = -32600,
    ERROR_NO_METHOD = -32601,
    ERROR_INVALID_PARAMS = -32602,
    ERROR_NOT_INITIALIZED = -32002,
};

enum message_type { MESSAGE_ERROR = 1, MESSAGE_WARNING, MESSAGE_INFO, MESSAGE_LOG };

/* A response, to be completed with a "result". `id` NULL: null. */
struct json *response_new(struct server *server, const struct json *id);
void respond_error(struct server *server, const struct json *id, enum error_code code,
                   const char *message);

/* A notification or, with a number, a request; *ret_params is to be filled. */
struct json *notification_new(struct server *server, const char *method, struct json **ret_params);
struct json *request_new(struct server *server, double number, const char *method,
                         struct json **ret_params);

/* Sends a message and frees it. */
void message_send(struct server *server, struct json *message);

/* To the log, and before the eyes of the user. */
void log_message(struct server *server, enum message_type type, const char *text);
void show_message(struct server *server, enum message_type type, const char *text);

void add_range(struct json *parent, const char *key, struct range range);

/* False if it is none. */
bool get_position(const struct json *value, struct position *ret_position);
bool get_range(const struct json *value, struct range *ret_range);

/* The member's text, or NULL; `object` may be NULL. */
const char *get_text(const struct json *object, const char *key);

/* -- documents and drivers -- */

/* What the client says of documents. */
void document_opened(struct server *server, const struct json *params);
void document_changed(struct server *server, const struct json *params);
void document_saved(struct server *server, const struct json *params);
void document_closed(struct server *server, const struct json *params);

/* The open document with that address, or of that file, or NULL. */
struct document *document_find(struct server *server, const char *uri);
struct document *document_of_path(struct server *server, const char *path);

/* Whether its text is not what the file has. */
bool document_is_unsaved(struct server *server, const struct document *document);

/* Finds the document's driver, after it was opened or saved. */
void driver_assign(struct server *server, struct document *document);
/* What a check in that directory is given: its only project of Visual Studio, if nothing else says what the driver
 * consists of, or ".". */
const char *driver_input(struct arena *arena, const char *root);

/* Finds that of all documents, after folders came or went. */
void drivers_reassign(struct server *server);

/* Forgets drivers of which no document is open, and what was said of them. */
void drivers_prune(struct server *server);

/* -- check.c -- */

/* Asks for a check of what the document belongs to now; a running one of the same is begun anew. */
void check_want(struct server *server, struct driver *driver);

/* The same unless one runs or is asked for. */
void check_want_one(struct server *server, struct driver *driver);

/* Starts what is wanted, if nothing runs. */
void check_start(struct server *server);

/* Stops a running check of that driver, or of any (NULL). */
void check_stop(struct server *server, const struct driver *driver);

/* Reads what a running check has written, and tells the client when it is done. */
void check_read(struct server *server, struct process_stream *stream);

/* The client's answer to a request of ours. */
void check_progress_answered(struct server *server, double number, bool ok);

/* The user is tired of the check that the token is about. */
void check_cancelled(struct server *server, const struct json *token);

/* -- diagnostic.c -- */

/* Takes the results of the check that has ended, tells the client, and says in one line what there
 * is. */
void diagnostics_take(struct server *server, const struct json *results);

/* Tells that there is nothing of the driver any more. */
void diagnostics_clear(struct server *server, struct driver *driver);

/* Moves what is known of a document with an edit of it: the lines of `range` become `lines` line
 * ends more. */
void diagnostics_move(struct server *server, const struct document *document, struct range range,
                      uint32_t lines);

/* -- help.c -- */

void help_hover(struct server *server, const struct json *id, const struct json *params);
void help_actions(struct server *server, const struct json *id, const struct json *params);
void help_command(struct server *server, const struct json *id, const struct json *params);

/* What is known of a rule, or NULL. */
const struct help *help_of(const struct server *server, const char *rule);

#define EXPLAIN_COMMAND "drvlint.explain"

#endif
