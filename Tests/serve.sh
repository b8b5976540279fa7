# Sourced by the scripts: `disclosure serve`, built for release unless BUILD says `debug`, with the sample reports on a free port.
#
# Sets `url`, `server` (process id) and `work` (a temporary folder); everything ends with the script.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${BUILD:-release}
swift build -c "$build" --product disclosure
work=$(mktemp -d)
children=()
stop_all() {
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap stop_all EXIT

# serve [FLAG…]: starts the server and waits for its line.
serve() {
    LOG_LEVEL=error ".build/$build/disclosure" serve --port 0 --database "$work/reports.sqlite" --sample \
        --config Config/disclosure.yaml "$@" > "$work/serve.out" 2> "$work/serve.err" &
    server=$!
    children+=("$server")
    for _ in $(seq 200); do
        url=$(sed -n 's/^listening on //p' "$work/serve.out")
        [[ -n $url ]] && return
        kill -0 "$server" 2>/dev/null || break
        sleep 0.05
    done
    cat "$work/serve.err" >&2
    exit 1
}

# CPU time of a process and its children so far, in ticks of 10 ms; anonymous memory in KiB; open descriptors.
ticks() { local sum=0 pid; for pid in "$1" $(pgrep -P "$1"); do sum=$((sum + $(awk '{print $14 + $15}' "/proc/$pid/stat"))); done; echo "$sum"; }
memory() { local sum=0 pid; for pid in "$1" $(pgrep -P "$1"); do sum=$((sum + $(awk '/^RssAnon/ {print $2}' "/proc/$pid/status"))); done; echo "$sum"; }
descriptors() { ls "/proc/$1/fd" | wc -l; }

# serve_reports COUNT: serves so many made-up reports, or a copy of the file DATABASE, which must not be in use. Sets `benchmarks`.
serve_reports() {
    benchmarks=.build/release/benchmarks
    swift build -c release --product benchmarks
    if [[ -n ${DATABASE:-} ]]; then
        cp --reflink=auto "$DATABASE" "$work/reports.sqlite"
        serve
    else
        serve
        load_reports "$1"
    fi
}

# load_reports COUNT: stores made-up reports as an office uploads them, a few ten thousand at a time.
load_reports() {
    local from count
    for from in $(seq 0 20000 $(($1 - 1))); do
        count=$(( $1 - from < 20000 ? $1 - from : 20000 ))
        "$benchmarks" reports structured --from "$from" --count "$count" > "$work/upload.ndjson"
        curl -fsS -o "$work/results" -H 'Content-Type: application/x-ndjson' --data-binary @"$work/upload.ndjson" "$url/reports"
        grep -q "^{\"stored\":$count," "$work/results" || { head -c 300 "$work/results" >&2; exit 1; }
    done
    rm -f "$work/upload.ndjson" "$work/results"
}
