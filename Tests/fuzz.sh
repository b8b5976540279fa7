#!/bin/bash
# Fuzzes the parsers of the HTTP server with libFuzzer and AddressSanitizer, then the server itself with the seeded
# mutations of MutationTests. SECONDS_EACH (60) bounds the first part, ROUNDS (20) the second.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${SECONDS_EACH:-60}
rounds=${ROUNDS:-20}
work=.build/fuzz
mkdir -p "$work/corpus"

swift build --target HTTPTypes >/dev/null
modules=$(swift build --show-bin-path)
parsers=(Byte FieldLine RequestHead RequestLine HeadRules RequestParser InputBuffer BodyDecoder ChunkedDecoder Limits
    ProtocolError HTTPDate FieldValueScanner Negotiation MediaType EntityTag PercentEncoding QueryString)
swiftc -parse-as-library -sanitize=fuzzer,address -O -enable-upcoming-feature InternalImportsByDefault \
    -swift-version 6 -module-name Fuzz -I "$modules/Modules" "${parsers[@]/%/.swift}" Fuzz.swift \
    "$modules"/HTTPTypes.build/*.o -o "$work/fuzz" -vfsoverlay /dev/null 2>/dev/null || \
swiftc -parse-as-library -sanitize=fuzzer,address -O -enable-upcoming-feature InternalImportsByDefault \
    -enable-experimental-feature Lifetimes -swift-version 6 -module-name Fuzz -I "$modules/Modules" \
    $(printf 'Sources/HTTPServer/%s.swift ' "${parsers[@]}") Tests/Fuzz/Fuzz.swift \
    "$modules"/HTTPTypes.build/*.o -o "$work/fuzz"
