#include <archive.h>
#include <archive_entry.h>
#include <spawn.h>

// glibc declares it for _GNU_SOURCE only, which Swift's Glibc module is made without.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
