#!/bin/bash
# Runs the tests of the tools, where memory and threads are ours to watch, under ThreadSanitizer and AddressSanitizer.
# SANITIZERS ("thread address") chooses.
set -euo pipefail
cd "$(dirname "$0")/.."
filter='^(HTTPServerTests|CodecsTests|DocumentsTests|SQLiteTests)\.'

# Dispatch and the Swift runtime are not instrumented, and never free what lives as long as the process.
export TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1" ASAN_OPTIONS="detect_leaks=0"
for sanitizer in ${SANITIZERS:-thread address}; do
    echo "== ${sanitizer}"
    swift test --sanitize="$sanitizer" --scratch-path ".build/sanitize-$sanitizer" --filter "$filter"
done
