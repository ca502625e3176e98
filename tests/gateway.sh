#!/usr/bin/env bash
# Runs a command beside a throw-away gateway with seeded data, on loopback, and stops it afterwards.
#   tests/gateway.sh npm test
# The command finds it in GATEWAY_URL, its program in GATEWAY_PROGRAM, the mails that it writes in
# GATEWAY_MAILS and, if METRICS_ADDR is set, its metrics at GATEWAY_METRICS; settings of the environment reach the gateway. The status is the command's.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

if [ -z "${GATEWAY_PROGRAM:-}" ]; then
    (cd "$root" && cargo build --locked --quiet)
    target=${CARGO_TARGET_DIR:-target}
    GATEWAY_PROGRAM=$(cd "$root" && realpath "$target/debug/find-helper")
fi
export GATEWAY_PROGRAM

folder=$(mktemp -d)
process=
stop() {
    [ -z "$process" ] || kill "$process" 2>/dev/null || true
    rm -rf "$folder"
}
trap stop EXIT
# Each client may say where it comes from, as behind a proxy: their limits are counted apart.
export TRUSTED_PROXIES=${TRUSTED_PROXIES-127.0.0.1/32}
export DATA_DIR=$folder DATABASE_URL=sqlite://$folder/gateway.db GATEWAY_MAILS=$folder/outbox
"$GATEWAY_PROGRAM" seed --jobs "${GATEWAY_JOBS:-50}" --users "${GATEWAY_USERS:-5}" >/dev/null

# Port 0: the system chooses, and the gateway's first lines tell which one it is.
: >"$folder/log"
BIND_ADDR=127.0.0.1:0 "$GATEWAY_PROGRAM" serve 2>"$folder/log" &
process=$!
GATEWAY_URL=
until [ -n "$GATEWAY_URL" ]; do
    kill -0 "$process" || { cat "$folder/log" >&2; exit 1; }
    GATEWAY_URL=$(sed -n 's|.*GraphiQL *\(http://[0-9.:]*\)/graphql.*|\1|p' "$folder/log")
done
GATEWAY_METRICS=$(sed -n 's|.*Metrics *\(http://[0-9.:]*\)/metrics.*|\1|p' "$folder/log")
export GATEWAY_URL GATEWAY_METRICS
"$@"
