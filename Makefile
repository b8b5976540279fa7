# `make` alone lists the targets. Settings: CONFIGURATION, ARGS (flags for `serve`), SUDO.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test accuracy bench crash fuzz sanitize schemathesis soak slowhttp lint format clean deps swift

ARGS ?=
SUDO ?= $(if $(filter 0,$(shell id -u)),,sudo)
PACKAGES := $(strip $(shell sed 's/\#.*//' Config/apt-packages.txt))
SWIFT_FILES := Package.swift Migrations Sources Tests

help: ## list the targets
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | awk -F '|' '{ printf "make %-9s%s\n", $$1, $$2 }'

run: deps swift ## build in release and serve the sample reports on 127.0.0.1:8080 (more flags: ARGS="--port 9000")
	swift build -c release --product disclosure
	.build/release/disclosure serve --config Config/disclosure.yaml --sample $(ARGS)

test: deps lint ## lint, build and run every test
	bash Tests/test.sh

bench: deps swift ## measure requests, CPU and memory beside nginx where it is installed; questions, listeners, uploads, parse times
	bash Tests/bench.sh
	bash Tests/bench-questions.sh
	bash Tests/bench-bulk.sh

FOLDER ?= Config/samples
accuracy: deps swift ## compare every figure of a folder of documents with its expected.jsonl (FOLDER=...)
	swift run -c release accuracy $(FOLDER)

ROUNDS ?= 200
SEED ?= $(shell echo $$RANDOM)
crash: deps swift ## kill the server in the midst of uploads, again and again, and look that nothing is lost (ROUNDS=..., SEED=...)
	CRASH_ROUNDS=$(ROUNDS) CRASH_SEED=$(SEED) swift test --filter BulkCrashTests

fuzz: deps swift ## libFuzzer on the parsers of HTTP and the readers of documents; damaged pipelines, reports, office files and PDF
	bash Tests/fuzz.sh

sanitize: deps swift ## run the tests of the tools under ThreadSanitizer and AddressSanitizer
	bash Tests/sanitize.sh

schemathesis: deps swift ## hold a server with the samples to its own description (SEED=..., EXAMPLES=... for each operation)
	bash Tests/schemathesis.sh

soak: deps swift ## minutes of mixed load and abuse; fails when memory or descriptors grow
	bash Tests/soak.sh

slowhttp: deps swift ## slowhttptest in its four modes, others served meanwhile
	bash Tests/slowhttp.sh

lint: swift ## check the format of all Swift files
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)

format: swift ## format all Swift files in place
	swift format --in-place --parallel --recursive $(SWIFT_FILES)

clean: ## remove what was built; data/ stays
	rm -rf .build

deps: ## install the Debian packages of Config/apt-packages.txt that are missing
	@command -v dpkg-query >/dev/null || { \
	    echo 'make deps: no dpkg here; install by your own means: $(PACKAGES)' >&2; exit 1; }
	@missing=(); \
	for package in $(PACKAGES); do \
	    dpkg-query -W -f '$${db:Status-Status}\n' "$$package" 2>/dev/null | grep -qx installed || missing+=("$$package"); \
	done; \
	if (( $${#missing[@]} > 0 )); then \
	    echo "installing Debian packages: $${missing[*]}"; \
	    if [[ -n '$(SUDO)' ]] && ! command -v $(firstword $(SUDO)) >/dev/null; then \
	        echo "make deps: not root and no $(SUDO) here; as root: apt-get install $${missing[*]}" >&2; exit 1; \
	    fi; \
	    $(SUDO) apt-get update -qq; \
	    $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$${missing[@]}"; \
	fi

swift:
	@command -v swift >/dev/null || { \
	    echo 'Swift 6.3 is not on the PATH. Either' >&2; \
	    echo '  - install it as https://www.swift.org/install/linux/ says for Debian 12 (swiftly, or the archive and its packages), or' >&2; \
	    echo '  - build the image, which brings its own: docker build -t disclosure .' >&2; \
	    exit 1; }
