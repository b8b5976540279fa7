#!/bin/bash
# Runs the tests of the tools, where memory and threads are ours to watch, under ThreadSanitizer and AddressSanitizer.
# SANITIZERS ("thread address") chooses.
set -euo pipefail
cd "$(dirname "$0")/.."
filter='^(HTTPServerTests|CodecsTests|DocumentsTests|SQLiteTests)\.'

# ThreadSanitizer learns who held a lock before whom from the atomic operations on its word. Swift's Mutex has them as long
# as nobody waits; to one who waits the kernel hands the lock over (futex(2), FUTEX_LOCK_PI) and writes the word itself. From
# then on what the Mutex keeps looks like a race: eight threads that append to an array in a Mutex and do nothing else are
# reported; with an atomic load (acquiring) at the start of the section and a store (releasing) at its end they are not.
# So these types are left out, and they may be, because each keeps all that changes in one Mutex and hands out none of it:
#   SnapshotReader, HeldConnection   a connection with its snapshot: used by a loop, ended by a queue after milliseconds
#   Events, Clients                  what the tests collect from the loops
mkdir -p .build
printf 'race:%s\n' 6EventsC 7Clients 14SnapshotReader 14HeldConnection > .build/thread.suppressions
export TSAN_OPTIONS="second_deadlock_stack=1 suppressions=$PWD/.build/thread.suppressions"
# What the Swift runtime keeps for the life of the process is no leak.
export ASAN_OPTIONS="detect_leaks=0"
for sanitizer in ${SANITIZERS:-thread address}; do
    echo "== ${sanitizer}"
    SANITIZER=$sanitizer swift test --sanitize="$sanitizer" --scratch-path ".build/sanitize-$sanitizer" --filter "$filter"
done
