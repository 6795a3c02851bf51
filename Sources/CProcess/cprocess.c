#define _GNU_SOURCE
#include "cprocess.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

const int cprocess_open_path = O_PATH;

enum { first_kept = 200 };

/// The limit of descriptors for what is started; none where it is not raised.
static struct rlimit descriptors;

/// The signals that the caller ignores, as what it starts would, too (execve(2)).
static sigset_t ignored;

static int has_failed(enum cprocess_step at, enum cprocess_step *step, int *error) {
    *step = at;
    *error = errno;
    return -1;
}

/// What the new process does until its program begins.  It shares the caller's memory (vfork(2)):
/// only system calls, and nothing is changed but `step` and `error`.
static int become(const struct cprocess_order *order, enum cprocess_step *step, int *error) {
    setsid();
    for (int number = 1; number < NSIG; number++)
        if (sigismember(&ignored, number) == 1) signal(number, SIG_DFL);
    if (order->mounts >= 0 && setns(order->mounts, CLONE_NEWNS) != 0)
        return has_failed(CPROCESS_MOUNTS, step, error);
    if (order->group >= 0 && write(order->group, "0", 1) != 1)
        return has_failed(CPROCESS_GROUP, step, error);
    if (descriptors.rlim_max != 0) setrlimit(RLIMIT_NOFILE, &descriptors);
    struct rlimit core = {0, 0};
    setrlimit(RLIMIT_CORE, &core);
    if (order->address_space >= 0) {
        struct rlimit space = {(rlim_t)order->address_space, (rlim_t)order->address_space};
        if (setrlimit(RLIMIT_AS, &space) != 0) return has_failed(CPROCESS_LIMIT, step, error);
    }
    if (chdir(order->folder) != 0) return has_failed(CPROCESS_FOLDER, step, error);
    for (int number = 0; number < 3; number++)
        if (dup2(order->standard[number], number) < 0)
            return has_failed(CPROCESS_DESCRIPTOR, step, error);
    if (order->kept >= 0 && fcntl(order->kept, F_DUPFD, first_kept) < 0)
        return has_failed(CPROCESS_DESCRIPTOR, step, error);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(order->program, order->arguments, order->environment);
    return has_failed(CPROCESS_PROGRAM, step, error);
}

pid_t cprocess_spawn(const struct cprocess_order *order, enum cprocess_step *step, int *error) {
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    *error = 0;
    pid_t process = vfork();
    if (process == 0) {
        become(order, step, error);
        _exit(127);
    }
    if (process < 0) {
        *step = CPROCESS_PROCESS;
        *error = errno;
    } else if (*error != 0) {
        while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {}
        process = -1;
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return process;
}

/// The life of a namespace's first process: it ends when nobody can write to `life` any more.
static void keep_namespace(int life, int ready) {
    int error = 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_IGN);
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_SLAVE, NULL) != 0
        || mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0)
        error = errno;
    if (write(ready, &error, sizeof error) != sizeof error || error != 0) _exit(1);
    dup2(life, 0);
    syscall(SYS_close_range, 1U, ~0U, 0U);
    char byte;
    while (read(0, &byte, 1) != 0) {}
    _exit(0);
}

int cprocess_leave(void) {
    int own = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
    if (own < 0) return -1;
    int result = setns(own, CLONE_NEWPID);
    close(own);
    return result;
}

pid_t cprocess_enclose(int *mounts) {
    int life[2], ready[2];
    if (pipe2(life, O_CLOEXEC) != 0) return -1;
    if (pipe2(ready, O_CLOEXEC) != 0) {
        close(life[0]);
        close(life[1]);
        return -1;
    }
    int error = 0;
    pid_t first = -1;
    if (unshare(CLONE_NEWPID) != 0) {
        error = errno;
    } else if ((first = fork()) == 0) {
        close(life[1]);
        close(ready[0]);
        keep_namespace(life[0], ready[1]);
    } else if (first < 0) {
        error = errno;
    }
    close(life[0]);
    close(ready[1]);
    if (first > 0) {
        if (read(ready[0], &error, sizeof error) != sizeof error) error = ECHILD;
        if (error == 0) {
            char path[64];
            snprintf(path, sizeof path, "/proc/%d/ns/mnt", (int)first);
            *mounts = open(path, O_RDONLY | O_CLOEXEC);
            if (*mounts < 0) error = errno;
        }
    }
    close(ready[0]);
    if (error == 0) return first;
    close(life[1]);
    if (first > 0) {
        kill(first, SIGKILL);
        waitpid(first, NULL, 0);
    }
    cprocess_leave();
    errno = error;
    return -1;
}

int cprocess_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    if (sigprocmask(SIG_SETMASK, &signals, NULL) != 0) return -1;
    signal(SIGCHLD, SIG_DFL);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&ignored);
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN)
            sigaddset(&ignored, number);
    }
    return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

int cprocess_next_signal(int descriptor) {
    struct signalfd_siginfo information;
    return read(descriptor, &information, sizeof information) == sizeof information
        ? (int)information.ssi_signo
        : 0;
}

int cprocess_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1); }

void cprocess_close_on_exec(void) {
    enum { close_on_exec = 1U << 2 };
    if (syscall(SYS_close_range, 3U, ~0U, close_on_exec) == 0) return;
    for (int number = 3; number < 1024; number++) {
        int flags = fcntl(number, F_GETFD);
        if (flags >= 0) fcntl(number, F_SETFD, flags | FD_CLOEXEC);
    }
}

void cprocess_raise_descriptors(void) {
    if (getrlimit(RLIMIT_NOFILE, &descriptors) != 0) return;
    struct rlimit all = {descriptors.rlim_max, descriptors.rlim_max};
    setrlimit(RLIMIT_NOFILE, &all);
}

pid_t cprocess_ended_child(void) {
    siginfo_t information;
    memset(&information, 0, sizeof information);
    if (waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT) != 0) return 0;
    return information.si_pid;
}

bool cprocess_has_attributes(int descriptor) { return flistxattr(descriptor, NULL, 0) > 0; }

int cprocess_collapse(int descriptor, int64_t offset, int64_t length) {
    enum { collapse_range = 0x08 };
    return fallocate(descriptor, collapse_range, offset, length);
}

int cprocess_detach(void) {
    enum { lasting = 3 };
    int ready[2];
    if (pipe2(ready, O_CLOEXEC) != 0) return -1;
    pid_t child = fork();
    if (child < 0) return -1;
    if (child == 0) {
        setsid();
        if (ready[1] != lasting && dup3(ready[1], lasting, O_CLOEXEC) < 0) _exit(71);
        syscall(SYS_close_range, lasting + 1U, ~0U, 0U);
        return lasting;
    }
    close(ready[1]);
    unsigned char byte = 0;
    ssize_t count;
    while ((count = read(ready[0], &byte, 1)) < 0 && errno == EINTR) {}
    if (count == 1) _exit(byte);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}
