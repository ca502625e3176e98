#!/usr/bin/env bash
# Real client libraries and the documented samples against a gateway of their own: tests/clients/.
#   tests/clients.sh
set -euo pipefail
cd "$(dirname "$0")/clients"

if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    npm ci --loglevel=error --no-progress >&2
fi
if ! cmp --silent requirements.txt .venv/installed.txt; then
    python3 -m venv .venv
    .venv/bin/pip install --quiet --requirement requirements.txt >&2
    cp requirements.txt .venv/installed.txt
fi
npm run --silent relay

# Everybody here shares one address, and many people register.
export LIMIT_LOGIN_PER_MINUTE=10000 LIMIT_REGISTER_PER_HOUR=10000 LIMIT_GENERAL_PER_MINUTE=10000
export LIMIT_READING_PER_MINUTE=10000
export LIMIT_COST_PER_MINUTE=1000000000
export JWT_SECRET=tests-of-clients-and-of-nothing-else-0123456789
export ARGON2_MEMORY_KIB=8 ARGON2_ITERATIONS=1
exec ../gateway.sh sh -c '
    npm test --silent
    status=$?
    .venv/bin/pytest --quiet python || status=1
    exit $status
'
