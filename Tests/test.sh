#!/usr/bin/env bash
# Every test of a built work tree. What failed is told once more at the end, where it is not lost in a thousand lines.
#
# The server's own tests are about time: they run by themselves, not beside those that keep every core busy. Of the others
# sixteen run at once: with a thousand begun together on two cores, each would wait for minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT

run() {
	swift test --skip-build --parallel "$@" 2>&1 | tee "$log" || {
		echo "what failed:"
		grep -aE -A 2 '✘|: (error|Fatal error): ' "$log" | grep -avE '✔|◇|^--$' | cut -c 1-600 | tail -n 60
		exit 1
	}
}

swift build --build-tests
run --experimental-maximum-parallelization-width 16 --skip HTTPServerTests
bash Tests/schemathesis.sh
run --filter HTTPServerTests
