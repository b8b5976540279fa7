#!/bin/bash
# Some minutes of mixed load and abuse against a running `disclosure serve`, on loopback: keep-alive reads, a connection
# per request, slow heads, connections that ask nothing, resets, damaged requests, uploads. Prints memory and descriptors
# over time; fails when they grow, when a probe is not answered, or when the server ends. MINUTES (3) bounds it.
set -euo pipefail
source "$(dirname "$0")/serve.sh"
command -v wrk >/dev/null || { echo 'make soak needs wrk: apt-get install wrk' >&2; exit 1; }
serve
port=${url##*:}
seconds=$(( ${MINUTES:-3} * 60 ))
end=$((SECONDS + seconds))
curl -fsS "$url/reports?limit=100" | grep -oE '"self": ?"[^"]+"' | sed -E 's/.*"(\/[^"]+)"/\1/' | sort -u > "$work/paths"

MODE=get PATHS="$work/paths" wrk -t1 -c16 -d"${seconds}s" -s Tests/bench.lua "$url" > "$work/wrk" &
children+=($!)

# Bytes to the server over bash's own sockets; a server that closes early is none of their business.
say() { { exec 3<>"/dev/tcp/127.0.0.1/$port" && printf "$1" >&3 && ${2:-true} <&3; exec 3>&-; } >/dev/null 2>&1 || true; }
abuse() {
    while (( SECONDS < end )); do
        for _ in $(seq 40); do say 'GET / HTTP/1.1\r\nHo'; done
        for _ in $(seq 20); do say ''; done
        for _ in $(seq 20); do say 'GET /reports HTTP/1.1\r\nHost: a\r\n\r\n'; done
        for _ in $(seq 10); do say 'POST /reports HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n' 'timeout 1 cat'; done
        for _ in $(seq 10); do say 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n' 'timeout 1 cat'; done
        head -c 3000 /dev/urandom | timeout 1 nc -q0 127.0.0.1 "$port" >/dev/null 2>&1 || true
        curl -s -o /dev/null -m 5 -H 'Content-Type: text/plain' --data-binary @Config/samples/qinghe-office-2022.txt "$url/reports" || true
        timeout 2 curl -s -o /dev/null --limit-rate 2k "$url/forms" || true
    done
}
abuse & children+=($!)
abuse & children+=($!)

peak() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
printf '%8s %12s %12s %s\n' seconds 'RssAnon KiB' descriptors 'probe ms'
while (( SECONDS < end )); do
    sleep 5
    kill -0 "$server" || { echo 'the server has ended' >&2; cat "$work/serve.err" >&2; exit 1; }
    probe=$(curl -fsS -m 5 -o /dev/null -w '%{time_total}' "$url/health") || { echo 'a probe was not answered' >&2; exit 1; }
    row="$((SECONDS - end + seconds)) $(memory "$server") $(descriptors "$server") $(awk "BEGIN { printf \"%.1f\", $probe * 1000 }")"
    echo "$row" >> "$work/rows"
    printf '%8s %12s %12s %s\n' $row
done

# The second third against the last one: the first warms the caches.
lines=$(wc -l < "$work/rows")
third=$((lines / 3))
for column in 2 3; do
    before=$(sed -n "$((third + 1)),$((2 * third))p" "$work/rows" | awk "{ print \$$column }" | peak)
    after=$(tail -n "$third" "$work/rows" | awk "{ print \$$column }" | peak)
    (( after <= before + before / 10 + (column == 2 ? 2048 : 20) )) ||
        { echo "column $column grew from $before to $after" >&2; exit 1; }
done
kill -TERM "$server"
wait "$server" || { echo "the server ended with $?" >&2; exit 1; }
grep RESULT "$work/wrk" || true
echo 'flat memory and descriptors; stopped with 0'
