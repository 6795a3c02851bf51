#pragma once
#include <spawn.h>

// Of glibc since 2.29, which spawn.h has only for those that define _GNU_SOURCE.
extern int posix_spawn_file_actions_addchdir_np(
    posix_spawn_file_actions_t *__restrict actions, const char *__restrict path);
