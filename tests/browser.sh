#!/usr/bin/env bash
# Runs the browser tests of web/; needs a gateway, which tests/gateway.sh gives.
#   tests/gateway.sh tests/browser.sh
set -euo pipefail
cd "$(dirname "$0")/../web"

if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "tests/browser.sh needs Chromium: please install it, or set CHROMIUM." >&2
        exit 1
    fi
    apt-get update >&2
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium >&2
fi

title=$(curl --silent --fail "$GATEWAY_URL/graphql" --header 'Content-Type: application/json' \
    --data '{"query":"{ jobs(first: 1) { nodes { title } } }"}' | sed 's/.*"title":"\([^"]*\)".*/\1/')
EXPECT_TEXT=$title npm test --silent
