#!/bin/bash
# Fuzzes the parsers of the HTTP server with libFuzzer and AddressSanitizer, then the server itself with the seeded
# mutations of MutationTests. SECONDS_EACH (60) bounds the first part, ROUNDS (20) the second.
set -euo pipefail
cd "$(dirname "$0")/.."
work=.build/fuzz
mkdir -p "$work/corpus"

swift build --target HTTPTypes
built=$(swift build --show-bin-path)
parsers=(Byte FieldLine RequestHead RequestLine HeadRules RequestParser InputBuffer BodyDecoder ChunkedDecoder Limits
    ProtocolError HTTPDate FieldValueScanner Negotiation MediaType EntityTag PercentEncoding QueryString)
# Together in one module: the parsers are internal, and every branch of theirs guides the fuzzer.
swiftc -parse-as-library -sanitize=fuzzer,address -O -swift-version 6 -enable-upcoming-feature InternalImportsByDefault \
    -module-name Fuzz -I "$built/Modules" $(printf 'Sources/HTTPServer/%s.swift ' "${parsers[@]}") \
    Tests/Fuzz/Fuzz.swift "$built"/HTTPTypes.build/*.o -o "$work/fuzz" 2>&1 | { grep -v 'Cannot export local symbol' || true; }

head='GET /a/%E9%95%87?x=y HTTP/1.1\r\nHost: a:80\r\nAccept: text/csv;q=0.5, */*\r\n\r\n'
printf '@%b' "$head" > "$work/corpus/get"
printf '@POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc%b' "$head" > "$work/corpus/length"
printf '@POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: u\r\n\r\n' > "$work/corpus/chunks"
printf '@"a", W/"b", *' > "$work/corpus/tags"
printf '@Sun, 06 Nov 1994 08:49:37 GMT' > "$work/corpus/date"
ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no "$work/fuzz" -max_total_time="${SECONDS_EACH:-60}" -max_len=1024 -timeout=5 \
    -artifact_prefix="$work/" -print_final_stats=1 "$work/corpus" 2>&1 |
    { grep -Ev '^#[0-9]+.*(NEW|REDUCE|RELOAD|pulse)' || true; }

FUZZ_ROUNDS=${ROUNDS:-20} swift test --filter 'HTTPServerTests.MutationTests'

# The readers and the parser: damaged reports in every layout, damaged office files and PDF.
DAMAGE_ROUNDS=${ROUNDS:-20} swift test --filter 'ReportParsingTests|DocumentsTests'
