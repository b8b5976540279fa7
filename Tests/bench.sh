#!/bin/bash
# Measures `disclosure serve` over REPORTS (100000) made-up reports, or the first so many of a copy of the file DATABASE, which holds
# what `benchmarks reports structured` makes, with wrk, in rounds that alternate with nginx serving
# the same bytes where it is installed; then listeners, uploads, and the time to parse. Loopback only. Quote ratios:
# absolute figures move with the machine. ROUNDS (3) and SECONDS_EACH (3) bound it: rounds x 4 works x 2 servers x seconds.
set -euo pipefail
source "$(dirname "$0")/serve.sh"
command -v wrk >/dev/null || { echo 'make bench needs wrk: apt-get install wrk' >&2; exit 1; }
REPORTS=${REPORTS:-100000}
serve_reports "$REPORTS"
mkdir -p "$work/www"
# The workers of nginx run as another user.
chmod 755 "$work"

# Every path with its tag, and the same bytes as files for nginx: all of them up to 100,000.
mkdir -p "$work/www/r"
"$benchmarks" paths "$work/reports.sqlite" --count "$REPORTS" --files "$work/www/r" > "$work/ours.paths"
# Else the kernel writes what was just made to the disk while the first questions are asked.
sync -f "$work"

peer=""
if command -v nginx >/dev/null; then
    port=$(( (RANDOM % 10000) + 40000 ))
    cat > "$work/nginx.conf" <<NGINX
worker_processes 2; pid $work/nginx.pid; error_log $work/nginx.err; daemon off;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 100000000; sendfile on; tcp_nopush on;
  default_type application/json;
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3; uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  server { listen 127.0.0.1:$port backlog=1024; root $work/www; } }
NGINX
    nginx -e "$work/nginx.err" -c "$work/nginx.conf" &
    peer=$!
    children+=("$peer")
    for _ in $(seq 50); do curl -fsS -o /dev/null "http://127.0.0.1:$port/r/0" 2>/dev/null && break; sleep 0.1; done
    # nginx makes the tag of a file of its time and size, in hexadecimal digits.
    (cd "$work/www/r" && stat -c '/r/%n "%Y-%s"' -- *) | awk -F '[ "-]' '{ printf "%s \"%x-%x\"\n", $1, $3, $4 }' > "$work/nginx.paths"
fi

# measure NAME PID URL MODE
measure() {
    local before after out
    before=$(ticks "$2")
    out=$(MODE=$4 PATHS="$work/$1.paths" wrk -t1 -c32 -d"${SECONDS_EACH:-3}s" --latency -s Tests/bench.lua "$3" | sed -n 's/^RESULT //p')
    after=$(ticks "$2")
    echo "$4 $1 $out $((after - before)) $(memory "$2")" >> "$work/results"
}

for _ in $(seq "${ROUNDS:-3}"); do
    for mode in get conditional close pipelined; do
        measure ours "$server" "$url" "$mode"
        [[ -n $peer ]] && measure nginx "$peer" "http://127.0.0.1:$port" "$mode"
    done
done

awk '
    { key = $1 " " $2; n[key]++; rate[key, n[key]] = $4; p50[key, n[key]] = $5; p99[key, n[key]] = $6; bad[key] += $7
      cpu[key, n[key]] = $8 * 10000 / $3; memory[key] = $9 }
    function median(values, key,    i, j, t, v) {
        for (i = 1; i <= n[key]; i++) v[i] = values[key, i]
        for (i = 1; i <= n[key]; i++) for (j = i + 1; j <= n[key]; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
        return v[int((n[key] + 1) / 2)]
    }
    END {
        printf "%-12s %-6s %10s %8s %8s %10s %8s %10s %s\n", "work", "server", "requests/s", "p50 ms", "p99 ms", "CPU us/req", "x nginx", "RssAnon", "errors"
        split("get conditional close pipelined", modes, " ")
        for (m = 1; m <= 4; m++) for (s = 1; s <= 2; s++) {
            key = modes[m] " " (s == 1 ? "ours" : "nginx")
            if (!n[key]) continue
            other = modes[m] " nginx"
            ratio = n[other] ? sprintf("%.2f", median(cpu, key) / median(cpu, other)) : "-"
            printf "%-12s %-6s %10d %8.2f %8.2f %10.1f %8s %7d KiB %d\n", modes[m], (s == 1 ? "ours" : "nginx"), median(rate, key), median(p50, key), median(p99, key), median(cpu, key), ratio, memory[key], bad[key]
        }
    }' "$work/results"

# An agency of its own, so that the document is new to the server, whatever DATABASE has seen.
letters=(甲 乙 丙 丁 戊 己 庚 辛 壬 癸)
name="${letters[RANDOM % 10]}${letters[RANDOM % 10]}${letters[RANDOM % 10]}${letters[RANDOM % 10]}"
sed "s/清禾县教育局/清禾县${name}局/g" Config/samples/qinghe-education-2024.txt > "$work/new.txt"
swift run -c release benchmarks listeners --port "${url##*:}" --pid "$server" --document "$work/new.txt" --count "${LISTENERS:-10000}"
swift run -c release benchmarks parse Config/samples
