#!/usr/bin/env bash
# Compares a throw-away gateway with the reference implementations, by the tests in tests/conformance.
#   tests/conformance.sh            fails if a test does, or if docs/conformance.md is stale
#   tests/conformance.sh --write    rewrites docs/conformance.md
# Installs what is missing: npm packages and a Python environment, both below tests/conformance.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root/tests/conformance"

install_packages() {
    [ node_modules/.package-lock.json -nt package-lock.json ] ||
        npm ci --loglevel=error --no-progress
    cmp --silent requirements.txt .venv/requirements.txt && return
    if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
        if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
            echo "tests/conformance.sh needs Python 3 with venv: please install it." >&2
            exit 1
        fi
        apt-get update >&2
        DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends python3-venv >&2
    fi
    python3 -m venv --clear .venv
    .venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
    cp requirements.txt .venv/
}

install_packages
page=$(mktemp)
trap 'rm -f "$page"' EXIT

# Limits on the number of requests must not be what answers.
export LIMIT_LOGIN_PER_MINUTE=1000000 LIMIT_REGISTER_PER_HOUR=1000000 LIMIT_GENERAL_PER_MINUTE=1000000
export LIMIT_READING_PER_MINUTE=1000000
export LIMIT_KEY_PER_MINUTE=1000000 LIMIT_KEY_PER_DAY=1000000 LIMIT_GRAPHQL_PER_MINUTE=1000000
export LIMIT_COST_PER_MINUTE=1000000000
# One file after the other: one of them breaks the database on purpose.
GATEWAY_JOBS=200 "$root/tests/gateway.sh" node --test --test-concurrency=1 \
    --test-reporter=tap --test-reporter-destination=stdout \
    --test-reporter=./report.js --test-reporter-destination="$page" ./*.test.js

if [ "${1:-}" = --write ]; then
    cp "$page" "$root/docs/conformance.md"
elif ! diff "$root/docs/conformance.md" "$page"; then
    echo "docs/conformance.md is stale: tests/conformance.sh --write" >&2
    exit 1
fi
