#pragma once

#include <sys/xattr.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/// Opens a file as a place only (open(2), O_PATH).
extern const int cprocess_open_path;

/// How a process is to be started.
///
/// All pointers and descriptors stay the caller's.
struct cprocess_order {
    /// Path of the program; it is not looked for in PATH.
    const char *program;
    /// The program's name and arguments, and a null pointer.
    char *const *arguments;
    /// `NAME=value`, and a null pointer.
    char *const *environment;
    /// Where it starts.
    const char *folder;
    /// What becomes its standard input, output and error.
    int standard[3];
    /// A descriptor that it keeps, under a number from 200 on; -1 for none.
    int kept;
    /// A control group's `cgroup.procs`, open for writing; -1 for none.
    int group;
    /// A mount namespace (namespaces(7)); -1 for the caller's.
    int mounts;
    /// Limit of its address space (RLIMIT_AS), bytes; -1 for none.
    int64_t address_space;
};

/// Which of the steps before the program's own first one has failed.
enum cprocess_step {
    CPROCESS_PROCESS,
    CPROCESS_MOUNTS,
    CPROCESS_GROUP,
    CPROCESS_LIMIT,
    CPROCESS_FOLDER,
    CPROCESS_DESCRIPTOR,
    CPROCESS_PROGRAM,
};

/// Starts a process in a session of its own, with the default handling of all signals, none
/// blocked, and no core file.  Which signals are ignored is known from `cprocess_signals`.
///
/// Returns its id, or -1 with the failed step and its errno.
pid_t cprocess_spawn(const struct cprocess_order *order, enum cprocess_step *step, int *error);

/// Puts all processes that the caller starts from now on into a new PID namespace, whose first
/// process ends, and with it everything in the namespace, when the caller ends in whatever way
/// (pid_namespaces(7)).
///
/// Sets `mounts` to a mount namespace with the /proc of the new namespace, into which changes of
/// the caller's mounts are propagated.  Returns the first process's id, which reaps what is
/// orphaned there, or -1 with errno, and nothing is changed.
pid_t cprocess_enclose(int *mounts);

/// Undoes the effect of `cprocess_enclose` on later children; 0, or -1 with errno.
int cprocess_leave(void);

/// A descriptor that becomes readable with SIGCHLD, SIGTERM and SIGINT, which are blocked;
/// SIGHUP and SIGPIPE are ignored.  -1 with errno where there is none.
int cprocess_signals(void);

/// The number of the next of these signals; 0 where there is none now.
int cprocess_next_signal(int descriptor);

/// Makes orphaned descendants children of the caller (PR_SET_CHILD_SUBREAPER); 0, or -1 with errno.
int cprocess_adopt_orphans(void);

/// Keeps every open descriptor above the standard ones from being inherited over an execve.
void cprocess_close_on_exec(void);

/// Lets the caller have as many descriptors open as it may (RLIMIT_NOFILE); what it starts has the
/// limit that was before, for select(2) ends at 1024.
void cprocess_raise_descriptors(void);

/// A child that has ended, not reaped yet; 0 where there is none.
pid_t cprocess_ended_child(void);

/// Whether a file has extended attributes (xattr(7)), access control lists among them.
bool cprocess_has_attributes(int descriptor);

/// Removes the blocks from `offset` on for `length` bytes from a file, whose end moves up
/// (FALLOC_FL_COLLAPSE_RANGE); 0, or -1 with errno.
int cprocess_collapse(int descriptor, int64_t offset, int64_t length);

/// Goes on in a child of its own session, which has none of the caller's descriptors but the
/// standard ones; the caller's process ends when the child has written a
/// byte, its exit status, to the descriptor that is returned, or when the child ends, with the
/// child's.  -1 with errno where there is no child.
int cprocess_detach(void);
