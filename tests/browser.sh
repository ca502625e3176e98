#!/usr/bin/env bash
# Runs the browser tests of web/ against a gateway with seeded data, on loopback, and stops it.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "tests/browser.sh needs Chromium: please install it, or set CHROMIUM." >&2
        exit 1
    fi
    apt-get update >&2
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium >&2
fi

cargo build --locked --quiet
gateway=$PWD/${CARGO_TARGET_DIR:-target}/debug/find-helper
[ -x "$gateway" ] || gateway=${CARGO_TARGET_DIR}/debug/find-helper

folder=$(mktemp -d)
process=
stop() {
    [ -z "$process" ] || kill "$process" 2>/dev/null || true
    rm -rf "$folder"
}
trap stop EXIT
export DATA_DIR=$folder DATABASE_URL=sqlite://$folder/browser.db
"$gateway" seed --jobs 50 --users 5 >/dev/null

# Port 0: the system chooses, and the gateway's first lines tell which one it is.
BIND_ADDR=127.0.0.1:0 "$gateway" serve 2>"$folder/log" &
process=$!
url=
until [ -n "$url" ]; do
    kill -0 "$process" || { cat "$folder/log" >&2; exit 1; }
    url=$(sed -n 's|.*GraphiQL *\(http://[0-9.:]*\)/graphql.*|\1|p' "$folder/log")
done

title=$(curl --silent --fail "$url/graphql" --header 'Content-Type: application/json' \
    --data '{"query":"{ jobs(first: 1) { nodes { title } } }"}' | sed 's/.*"title":"\([^"]*\)".*/\1/')
cd web && GATEWAY_URL=$url EXPECT_TEXT=$title npm test --silent
