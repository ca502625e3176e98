#!/usr/bin/env bash
# Debian's Prometheus scrapes a gateway: promtool checks the rules and tests each alert, and every query of the rules
# and of the dashboard is asked.
#   tests/observe.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

if ! command -v prometheus >/dev/null || ! command -v promtool >/dev/null; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "tests/observe.sh needs prometheus and promtool: please install them." >&2
        exit 1
    fi
    apt-get update >&2
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends prometheus >&2
fi

if [ -z "${GATEWAY_METRICS:-}" ]; then
    promtool check rules "$root/deploy/prometheus/alerts.yml"
    promtool test rules "$root/deploy/prometheus/alerts_test.yml"
    # Port 0: the system chooses, and the gateway tells.
    METRICS_ADDR=127.0.0.1:0 exec "$root/tests/gateway.sh" "$0"
fi

folder=$(mktemp -d)
process=
stop() {
    [ -z "$process" ] || { kill "$process" 2>/dev/null && wait "$process" || true; }
    rm -rf "$folder"
}
trap stop EXIT
cat >"$folder/prometheus.yml" <<YML
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: ["$root/deploy/prometheus/alerts.yml"]
scrape_configs:
  - job_name: find-helper
    static_configs: [{ targets: ["${GATEWAY_METRICS#http://}"] }]
YML
promtool check config "$folder/prometheus.yml"
# A port may be taken in the moment between choice and use: then the next one.
for _ in {1..10}; do
    port=$((20000 + RANDOM % 12000))
    prometheus --config.file="$folder/prometheus.yml" --storage.tsdb.path="$folder/data" \
        --web.listen-address="127.0.0.1:$port" --log.level=warn 2>"$folder/log" &
    process=$!
    until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/-/ready"; do
        kill -0 "$process" 2>/dev/null || { process=; break; }
        sleep 0.1
    done
    [ -z "$process" ] || break
done
[ -n "$process" ] || { cat "$folder/log" >&2; exit 1; }
python3 "$root/tests/observe.py" "http://127.0.0.1:$port" "$GATEWAY_URL" "$root/deploy"
