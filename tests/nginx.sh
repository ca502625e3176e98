#!/usr/bin/env bash
# Runs a command beside a gateway that is reached through nginx, below the path /gw/, which nginx takes away.
#   tests/nginx.sh node --test web/tests/below/*.mjs
# As with tests/gateway.sh, the command finds its address in GATEWAY_URL, here that of nginx with the path.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

if ! command -v nginx >/dev/null; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "tests/nginx.sh needs nginx: please install it." >&2
        exit 1
    fi
    apt-get update >&2
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends nginx-light >&2
fi

# The gateway must know its address before nginx knows the gateway's.
if [ -z "${NGINX_PORT:-}" ]; then
    NGINX_PORT=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
    export NGINX_PORT PUBLIC_URL=http://127.0.0.1:$NGINX_PORT/gw
    exec "$root/tests/gateway.sh" "$0" "$@"
fi

folder=$(mktemp -d)
process=
stop() {
    [ -z "$process" ] || { kill "$process" 2>/dev/null && wait "$process" || true; }
    rm -rf "$folder"
}
trap stop EXIT
cat >"$folder/nginx.conf" <<CONF
daemon off;
pid $folder/pid;
error_log stderr warn;
events {}
http {
    access_log off;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    map \$http_upgrade \$connection_upgrade { default upgrade; '' ''; }
    server {
        listen 127.0.0.1:$NGINX_PORT;
        location = /gw { return 308 /gw/; }
        location /gw/ {
            proxy_pass $GATEWAY_URL/;
            proxy_http_version 1.1;
            proxy_set_header Host \$http_host;
            proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;
            proxy_set_header Upgrade \$http_upgrade;
            proxy_set_header Connection \$connection_upgrade;
            proxy_buffering off;
        }
    }
}
CONF
nginx -e stderr -p "$folder" -c "$folder/nginx.conf" &
process=$!
until curl --silent --fail --output /dev/null "$PUBLIC_URL/healthz"; do
    kill -0 "$process"
    sleep 0.1
done
cd "$root"
GATEWAY_URL=$PUBLIC_URL "$@"
