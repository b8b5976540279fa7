#!/bin/bash
# Fuzzes with libFuzzer and AddressSanitizer: the parsers of the HTTP server, then the readers of documents with all that
# reads what they make. Then the server itself with the seeded mutations of MutationTests, and damaged documents.
# SECONDS_EACH (60) bounds each of the first two, ROUNDS (20) each of the others. REPORTS names a folder with more
# documents to begin from.
set -euo pipefail
cd "$(dirname "$0")/.."
work=.build/fuzz
mkdir -p "$work/corpus"

swift build --target HTTPTypes
built=$(swift build --show-bin-path)
parsers=(Byte FieldLine RequestHead RequestLine HeadRules HostRule RequestParser InputBuffer BodyDecoder ChunkedDecoder Limits
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

# The readers of documents: each module is compiled on its own, so that every branch of it guides the fuzzer.
work=.build/fuzz/documents
mkdir -p "$work/corpus"
flags=(-parse-as-library -sanitize=fuzzer,address -O -wmo -swift-version 6 -enable-testing -I "$work"
    -enable-upcoming-feature InternalImportsByDefault -enable-upcoming-feature MemberImportVisibility
    -I Sources/CZlib -I Sources/CSodium -I Sources/CXML -I Sources/CArchive -Xcc -I/usr/include/libxml2)
modules=(Codecs Documents Reports ReportParsing)
for module in "${modules[@]}"; do
    swiftc "${flags[@]}" -emit-module -emit-module-path "$work/$module.swiftmodule" -module-name "$module" \
        -c $(find "Sources/$module" -name '*.swift') -o "$work/$module.o"
done
swiftc "${flags[@]}" -module-name Fuzz Tests/Fuzz/DocumentsFuzz.swift Tests/Support/ZIPWriter.swift \
    "$work"/{Codecs,Documents,Reports,ReportParsing}.o -lxml2 -larchive -lz -lsodium -o "$work/fuzz" 2>&1 |
    { grep -v 'Cannot export local symbol' || true; }

# An input is the letter of its reader (see DocumentsFuzz.swift) and what that reads.
seed() { { printf '%s' "$1"; cat; } > "$work/corpus/$1-$2"; }
for file in Config/samples/* ${REPORTS:+"$REPORTS"/*}; do
    name=$(basename "$file")
    case $name in
        README.md) ;;
        *.txt|*.md) seed t "$name" < "$file" ;;
        *.csv) seed c "$name" < "$file" ;;
        *.html) seed h "$name" < "$file" ;;
        *.pdf) { pdftotext -bbox-layout -enc UTF-8 "$file" - 2>/dev/null || true; } | seed p "$name" ;;
        *.docx)
            seed a "$name" < "$file"
            if command -v unzip >/dev/null; then unzip -p "$file" word/document.xml | seed w "$name"; fi ;;
    esac
done
xml=http://schemas.openxmlformats.org
echo "<w:document xmlns:w='$xml/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>1</w:t></w:r></w:p></w:body></w:document>" | seed w small
echo "<w:styles xmlns:w='$xml/wordprocessingml/2006/main'><w:style w:styleId='a'><w:name w:val='heading 1'/></w:style></w:styles>" | seed s small
echo "<worksheet xmlns='$xml/spreadsheetml/2006/main'><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>" | seed x small
echo "<sst xmlns='$xml/spreadsheetml/2006/main'><si><t>1</t></si></sst>" | seed y small
echo '{"year":2023,"form":"2021","requests":{"newReceived":{"naturalPerson":1,"total":2}},"reviewsAndLitigation":{}}' | seed r small
tar -cf - Config/samples/README.md | seed a small
ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no "$work/fuzz" -max_total_time="${SECONDS_EACH:-60}" -max_len=20000 -timeout=20 \
    -rss_limit_mb=3000 -artifact_prefix="$work/" -print_final_stats=1 "$work/corpus" 2>&1 |
    { grep -Ev '^#[0-9]+.*(NEW|REDUCE|RELOAD|pulse)|# Uses: ' || true; }

FUZZ_ROUNDS=${ROUNDS:-20} swift test --filter 'HTTPServerTests.MutationTests'

# The readers and the parser: damaged reports in every layout, damaged office files and PDF.
DAMAGE_ROUNDS=${ROUNDS:-20} swift test --filter 'ReportParsingTests|DocumentsTests'
