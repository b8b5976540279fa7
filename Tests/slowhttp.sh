#!/bin/bash
# slowhttptest in its four modes against `disclosure serve` on loopback, with service to others probed all the while.
# SECONDS_EACH (20) and CONNECTIONS (1000) bound it. Fails when a probe is not answered within 2 seconds.
set -euo pipefail
source "$(dirname "$0")/serve.sh"
command -v slowhttptest >/dev/null || { echo 'make slowhttp needs slowhttptest: apt-get install slowhttptest' >&2; exit 1; }
serve
count=${CONNECTIONS:-1000}
seconds=${SECONDS_EACH:-20}

# attack NAME FLAG…
attack() {
    local name=$1 probes=0 failed=0 worst=0 time most=0 open
    shift
    slowhttptest "$@" -c "$count" -r 200 -l "$seconds" -p 2 > "$work/$name.log" 2>&1 &
    local attacker=$!
    children+=("$attacker")
    while kill -0 "$attacker" 2>/dev/null; do
        time=$(curl -fsS -m 2 -o /dev/null -w '%{time_total}' "$url/health") || failed=$((failed + 1))
        probes=$((probes + 1))
        worst=$(awk "BEGIN { print ($time > $worst) ? $time : $worst }")
        open=$(descriptors "$server")
        (( open > most )) && most=$open
        sleep 0.1
    done
    local said
    said=$(sed 's/\x1b\[[0-9;]*m//g' "$work/$name.log" | grep -aoE 'service available: *(YES|NO)' | sort | uniq -c | tr -s ' \n' ' ')
    printf '%-10s probes %4d  failed %d  slowest %.3f s  descriptors at most %5d  RssAnon %d KiB  it says:%s\n' \
        "$name" "$probes" "$failed" "$worst" "$most" "$(memory "$server")" "$said"
    (( failed == 0 ))
}

attack slowloris -H -i 1 -t GET -x 24 -u "$url/reports"
attack slowbody -B -i 1 -s 8192 -t POST -x 10 -u "$url/reports"
attack range -R -a 10 -b 3000 -t HEAD -u "$url/reports"
attack slowread -X -w 10 -y 20 -n 1 -z 32 -k 3 -u "$url/reports?limit=1000"
kill -TERM "$server"
wait "$server"
echo 'service was kept up in all four modes; stopped with 0'
