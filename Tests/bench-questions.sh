#!/bin/bash
# Measures lists, statistics, rankings and exports over REPORTS (100000) made-up reports, or a copy of the file DATABASE: CPU of
# the first answer, and of each of twenty more (with CACHES_ANSWERS_BYTES=0 each is made anew, from kept sums and lists); beside the same question in the sqlite3 shell, where it is installed, over a table of their own columns.
set -euo pipefail
source "$(dirname "$0")/serve.sh"
AGAIN=20
serve_reports "${REPORTS:-100000}"

# What the questions need, as a plain table with a column for each.
if command -v sqlite3 >/dev/null; then
    curl -fsS "$url/reports?format=csv&fields=agency.id,agency.name,year,scope,title,requests.newReceived.total" > "$work/plain.csv"
    sqlite3 "$work/plain.sqlite" <<SQL
CREATE TABLE report (agency INTEGER, name TEXT, year INTEGER, scope TEXT, title TEXT, received INTEGER);
.import --csv --skip 1 $work/plain.csv report
UPDATE report SET received = NULL WHERE received = '';
SQL
    rm "$work/plain.csv"
fi

TIMEFORMAT='%U %S'
# shell SQL: the CPU milliseconds of the sqlite3 shell.
shell() {
    [[ -n $1 ]] && command -v sqlite3 >/dev/null || { echo -; return; }
    { time sqlite3 -readonly "$work/plain.sqlite" "$1" > /dev/null; } 2>&1 | awk '{ printf "%d", ($1 + $2) * 1000 }'
}

# ask NAME PATH [SQL]
ask() {
    local before first after size
    before=$(ticks "$server")
    size=$(curl -fsS -o /dev/null -w '%{size_download}' "$url$2")
    first=$(ticks "$server")
    for _ in $(seq "$AGAIN"); do curl -fsS -o /dev/null "$url$2"; done
    after=$(ticks "$server")
    printf '%-44s %10d %12s %12s %12s\n' "$1" "$size" "$(( (first - before) * 10 ))" \
        "$(( (after - first) * 10 / AGAIN ))" "$(shell "${3:-}")"
}

printf '%-44s %10s %12s %12s %12s\n' question bytes 'first, ms' 'again, ms' 'sqlite3, ms'
ask 'sum by year' '/statistics?group=year&measure=requests.newReceived.total' \
    "SELECT year, count(*), sum(received) FROM report WHERE scope = 'own' GROUP BY year"
ask 'three measures by year' '/statistics?group=year'
ask 'three measures by province and year' '/statistics?group=province,year'
ask 'one measure by agency, a year' '/statistics?group=agency&year=2023&measure=requests.newReceived.total'
ask 'the form of a year' '/statistics?shape=form&year=2023'
ask 'the form of a prefecture and year' '/statistics?shape=form&year=2023&region=4113'
ask 'ranking of agencies, a year' '/rankings?measure=requests.newReceived.total&year=2023&limit=10' \
    "SELECT agency, received FROM report WHERE scope = 'own' AND year = 2023 ORDER BY received DESC LIMIT 10"
ask 'series of an agency with its peers' '/reports/1?peers=1'
ask 'list: first page' '/reports?limit=100'
ask 'list: a condition on a figure' '/reports?requests.newReceived.total=gte.100&limit=100' \
    "SELECT agency, year, title FROM report WHERE received >= 100 ORDER BY year, rowid LIMIT 100"
ask 'list: a finding' '/reports?finding=requests.balance&limit=100'
ask 'list: a word' '/reports?q=政府办公室&limit=100'
ask 'list: ordered by a figure' '/reports?sort=-requests.newReceived.total&limit=100' \
    "SELECT agency, year, title, received FROM report ORDER BY received DESC LIMIT 100"
ask 'list: ordered by the agency' '/reports?sort=agency.name&limit=100' \
    "SELECT agency, year, title FROM report ORDER BY name, year, rowid LIMIT 100"
ask 'list: by a figure, then the agency' '/reports?sort=-requests.newReceived.total,agency.name&limit=100' \
    "SELECT agency, year, title FROM report ORDER BY received DESC, name, year, rowid LIMIT 100"
ask 'list: count of all' '/reports?count=exact&limit=1' 'SELECT count(*) FROM report'
AGAIN=1
ask 'export: three columns, CSV' '/reports?format=csv&fields=agency.name,year,requests.newReceived.total' \
    "SELECT name, year, received FROM report"
ask 'export: every figure, CSV' '/reports?format=csv'
ask 'export: a year, three columns, workbook' '/reports?format=xlsx&year=2023&fields=agency.name,year,requests.newReceived.total'
echo "RssAnon $(memory "$server") KiB"
