#include "base/process.h"

#include "base/path.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A file with the child's standard input: unlike a pipe it cannot block or raise SIGPIPE. */
static int open_input(const char *input, size_t length)
{
    if (!input || !length)
        return open("/dev/null", O_RDONLY | O_CLOEXEC);
    FILE *file = tmpfile();
    if (!file)
        return -1;
    int fd = -1;
    if (fwrite(input, 1, length, file) == length && fflush(file) == 0 &&
        lseek(fileno(file), 0, SEEK_SET) == 0)
        fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
    fclose(file);
    return fd;
}

/* In a group of its own, and with nothing of what we do with signals. */
static int set_apart(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawnattr_setsigmask(attributes, &none);
    if (!error)
        error = posix_spawnattr_setsigdefault(attributes, &all);
    if (!error)
        error = posix_spawnattr_setpgroup(attributes, 0);
    if (!error)
        error = posix_spawnattr_setflags(
            attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    return error;
}

/* Starts the child with its three streams; 0 or an errno. `attributes` may be NULL. */
static int start(const char *const *argv, const char *const *environment, int in, int out, int err,
                 const posix_spawnattr_t *attributes, pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    const int from[] = {in, out, err};
    for (int i = 0; i < 3 && !error; i++)
        error = posix_spawn_file_actions_adddup2(&actions, from[i], i);
    /* The casts are posix_spawn's: it does not change the strings. */
    if (!error)
        error = posix_spawnp(ret_pid, argv[0], &actions, attributes, (char *const *)argv,
                             environment ? (char *const *)environment : environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Reads what is there; false at the end. */
static bool stream_read(struct process_stream *stream, struct arena *arena)
{
    enum { ROOM = 4096 };
    if (stream->text.cap - stream->text.len < ROOM)
        vec_reserve(arena, &stream->text, stream->text.len + 4 * ROOM);
    ssize_t got = read(stream->fd, stream->text.items + stream->text.len,
                       stream->text.cap - stream->text.len - 1);
    if (got > 0)
        stream->text.len += (size_t)got;
    return got > 0 || (got < 0 && errno == EINTR);
}

/* Reads both streams as they come, so that the child never waits for us. */
static void read_streams(struct process_stream streams[2], struct arena *arena)
{
    struct pollfd polled[] = {{.fd = streams[0].fd, .events = POLLIN},
                              {.fd = streams[1].fd, .events = POLLIN}};
    while (polled[0].fd >= 0 || polled[1].fd >= 0) {
        if (poll(polled, 2, -1) < 0 && errno != EINTR)
            break;
        for (int i = 0; i < 2; i++)
            if (polled[i].fd >= 0 && polled[i].revents && !stream_read(&streams[i], arena))
                polled[i].fd = -1;
    }
}

static int wait_for(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void close_all(int *fds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

struct process_result process_run(struct arena *arena, const char *const *argv, const char *input,
                                  size_t input_length)
{
    struct process_result result = {.status = -1, .output = "", .errors = ""};
    int fds[] = {-1, -1, -1, -1, -1}; /* input; output and error: read end, write end */
    pid_t pid;
    fds[0] = open_input(input, input_length);
    if (fds[0] < 0 || pipe2(fds + 1, O_CLOEXEC) < 0 || pipe2(fds + 3, O_CLOEXEC) < 0) {
        result.error = errno;
        goto out;
    }
    result.error = start(argv, NULL, fds[0], fds[2], fds[4], NULL, &pid);
    if (result.error)
        goto out;
    close(fds[2]);
    close(fds[4]);
    fds[2] = fds[4] = -1;
    struct process_stream streams[2] = {{.fd = fds[1]}, {.fd = fds[3]}};
    read_streams(streams, arena);
    result.status = wait_for(pid);
    if (streams[0].text.len)
        result.output = streams[0].text.items;
    if (streams[1].text.len)
        result.errors = streams[1].text.items;
    result.output_length = streams[0].text.len;
    result.errors_length = streams[1].text.len;
out:
    close_all(fds, ARRAY_LEN(fds));
    return result;
}

int process_start(const char *const *argv, const char *const *environment,
                  struct process *ret_process)
{
    int fds[] = {-1, -1, -1, -1, -1}; /* as in process_run() */
    posix_spawnattr_t attributes;
    pid_t pid;
    int error = posix_spawnattr_init(&attributes);
    if (error)
        return error;
    fds[0] = open_input(NULL, 0);
    if (fds[0] < 0 || pipe2(fds + 1, O_CLOEXEC) < 0 || pipe2(fds + 3, O_CLOEXEC) < 0)
        error = errno;
    if (!error)
        error = set_apart(&attributes);
    if (!error)
        error = start(argv, environment, fds[0], fds[2], fds[4], &attributes, &pid);
    posix_spawnattr_destroy(&attributes);
    if (error) {
        close_all(fds, ARRAY_LEN(fds));
        return error;
    }
    close(fds[0]);
    close(fds[2]);
    close(fds[4]);
    *ret_process = (struct process){.pid = pid, .output = {.fd = fds[1]}, .errors = {.fd = fds[3]}};
    return 0;
}

static void stream_close(struct process_stream *stream)
{
    if (stream->fd >= 0)
        close(stream->fd);
    stream->fd = -1;
}

void process_read(struct process_stream *stream, struct arena *arena)
{
    if (stream->fd >= 0 && !stream_read(stream, arena))
        stream_close(stream);
}

int process_end(struct process *process, bool stop)
{
    stream_close(&process->output);
    stream_close(&process->errors);
    if (stop)
        kill(-process->pid, SIGKILL);
    return wait_for(process->pid);
}

char *process_find(struct arena *arena, const char *program)
{
    if (strchr(program, '/'))
        return access(program, X_OK) == 0 ? arena_strdup(arena, program) : NULL;
    const char *search = getenv("PATH");
    if (!search)
        return NULL;
    for (;;) {
        size_t length = strcspn(search, ":");
        const char *directory = length ? arena_strndup(arena, search, length) : ".";
        char *path = path_join(arena, directory, program);
        if (access(path, X_OK) == 0 && !path_is_directory(path))
            return path;
        if (!search[length])
            return NULL;
        search += length + 1;
    }
}
