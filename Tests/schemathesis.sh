#!/bin/bash
# schemathesis holds a server with the sample reports to its own description: generated requests, right and wrong ones.
# SEED (1) and EXAMPLES (25, for each operation) change the run. Settings, and what they excuse: Tests/schemathesis.toml.
#
# All checks run but one, `use_after_free`: it takes what is still there after DELETE for a fault, and a withdrawn report
# keeps its revisions readable on purpose (WithdrawalTests hold what it answers). Two have nothing to do yet: `ignored_auth`, since there are no access tokens, and
# `missing_required_header`, since no field is required.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
BUILD=debug
source "$here/serve.sh"
version=4.32.5
tool=$PWD/.build/schemathesis-$version
if [[ ! -x $tool/bin/schemathesis ]]; then
    rm -rf "$tool"
    python3 -m venv "$tool"
    "$tool/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version" || {
        rm -rf "$tool"
        echo "schemathesis $version could not be installed from PyPI" >&2
        exit 1
    }
fi
serve
sample=Config/samples/qinghe-office-2021.txt
export UPLOAD
UPLOAD=$(tar -czf - "$sample" | curl -fsS -o /dev/null -w '%header{location}' -H 'Prefer: respond-async' \
    --data-binary @- "$url/reports" | sed 's|.*/uploads/||')
export SCHEMATHESIS_HOOKS=$here/schemathesis_hooks.py
# It leaves files beside where it runs.
cd "$work"
"$tool/bin/schemathesis" --config-file "$here/schemathesis.toml" run "$url/openapi.json" --checks all --exclude-checks use_after_free \
    --seed "${SEED:-1}" --max-examples "${EXAMPLES:-25}" --no-color
curl -fsS -o /dev/null "$url/ready"
echo 'the server is as it describes itself'
