#!/bin/bash
# Runs the tests of the tools, where memory and threads are ours to watch, under ThreadSanitizer and AddressSanitizer.
# SANITIZERS ("thread address") chooses.
set -euo pipefail
cd "$(dirname "$0")/.."
filter='^(HTTPServerTests|CodecsTests|DocumentsTests|SQLiteTests)\.'

# ThreadSanitizer does not see through Swift's own Mutex once two threads meet in it: the kernel hands it over (futex(2),
# FUTEX_UNLOCK_PI). What is kept in one then looks like a race; these keep all they have in one.
mkdir -p .build
printf 'race:%s\n' 6EventsC 7Clients 14SnapshotReader 14HeldConnection > .build/thread.suppressions
export TSAN_OPTIONS="second_deadlock_stack=1 suppressions=$PWD/.build/thread.suppressions"
# What the Swift runtime keeps for the life of the process is no leak.
export ASAN_OPTIONS="detect_leaks=0"
for sanitizer in ${SANITIZERS:-thread address}; do
    echo "== ${sanitizer}"
    SANITIZER=$sanitizer swift test --sanitize="$sanitizer" --scratch-path ".build/sanitize-$sanitizer" --filter "$filter"
done
