#!/bin/bash
# Measures bulk uploads to `disclosure serve` over HTTP: reports a second and CPU of 10,000 structured reports (beside the
# rate at which the same bytes go into a plain SQLite table, durably), 2,000 plain texts, zips of pages and of mixed files;
# memory while MEBIBYTES (2048) come as a zip; the latency of reads without and with an upload running. Loopback only.
set -euo pipefail
source "$(dirname "$0")/serve.sh"
swift build -c release --product benchmarks
benchmarks=.build/release/benchmarks
serve

# upload NAME FILE COUNT TYPE
upload() {
    local before after start end
    before=$(ticks "$server") start=$(date +%s%N)
    curl -fsS -o "$work/results" -H "Content-Type: $4" --data-binary @"$2" "$url/reports"
    end=$(date +%s%N) after=$(ticks "$server")
    grep -q '"rejected":0,' "$work/results" || { head -c 300 "$work/results" >&2; exit 1; }
    awk -v name="$1" -v count="$3" -v cpu="$((after - before))" -v wall="$((end - start))" 'BEGIN {
        printf "%-24s %6d reports %8.0f a second %8.0f CPU us each\n", name, count, count / wall * 1e9, cpu * 10000 / count }'
}

"$benchmarks" reports structured --count 10000 > "$work/structured"
"$benchmarks" structured "$work/structured"
upload 'structured, NDJSON' "$work/structured" 10000 application/x-ndjson
upload 'the same again' "$work/structured" 10000 application/x-ndjson
if command -v sqlite3 >/dev/null; then
    start=$(date +%s%N)
    sqlite3 "$work/plain.sqlite" > /dev/null <<SQL
PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
CREATE TABLE line (document TEXT) STRICT;
.mode ascii
.separator "\\t" "\\n"
BEGIN;
.import $work/structured line
COMMIT;
SQL
    end=$(date +%s%N)
    awk -v wall="$((end - start))" 'BEGIN { printf "%-24s %6d lines   %8.0f a second, one column, one transaction\n", "sqlite3 .import", 10000, 10000 / wall * 1e9 }'
fi
"$benchmarks" reports text --from 20000 --count 2000 > "$work/text"
upload 'plain texts, tar' "$work/text" 2000 application/x-tar
"$benchmarks" reports html --from 30000 --count 1000 > "$work/html"
upload 'pages, zip' "$work/html" 1000 application/zip
"$benchmarks" reports mixed --from 40000 --count 3000 > "$work/mixed"
upload 'mixed, zip' "$work/mixed" 3000 application/zip

# Reads of one report, without and with an upload running: wrk's p99.
path=$(curl -fsS "$url/reports?limit=1" | grep -oE '"self": ?"[^"]+"' | sed -E 's/.*"(\/[^"]+)"/\1/')
echo "$path" > "$work/ours.paths"
latency() { MODE=get PATHS="$work/ours.paths" wrk -t1 -c8 -d3s --latency -s Tests/bench.lua "$url" | awk -v name="$1" '/^RESULT/ { printf "%-24s p50 %s ms, p99 %s ms, %s a second\n", name, $4, $5, $3 }'; }
if command -v wrk >/dev/null; then
    latency 'reads alone'
    "$benchmarks" reports structured --from 100000 --count 30000 > "$work/more"
    curl -fsS -o "$work/results" -H 'Content-Type: application/x-ndjson' --data-binary @"$work/more" "$url/reports" &
    latency 'reads beside an upload'
    wait $!
    rm -f "$work/more"
fi

# A large archive of what are no reports: every item is refused, and the memory stays.
"$benchmarks" bulk make zip "${MEBIBYTES:-2048}" "$work/large"
before=$(memory "$server") most=0 start=$(date +%s%N)
curl -fsS -o "$work/results" -H 'Content-Type: application/zip' -T "$work/large" -X POST "$url/reports" &
curl=$!
while kill -0 "$curl" 2>/dev/null; do
    now=$(memory "$server"); (( now > most )) && most=$now
    sleep 0.2
done
wait "$curl"
end=$(date +%s%N)
awk -v size="$(stat -c %s "$work/large")" -v wall="$((end - start))" -v before="$before" -v most="$most" 'BEGIN {
    printf "%-24s %6.0f MiB in %.1f s, RssAnon from %.1f to at most %.1f MiB\n", "large zip", size / 1048576, wall / 1e9, before / 1024, most / 1024 }'
