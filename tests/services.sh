#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL, a PgBouncer in front of it and a Redis, on loopback, and
# removes them afterwards.
#   tests/services.sh cargo test
# The command finds them in TEST_POSTGRES_URL, TEST_PGBOUNCER_URL and TEST_REDIS_URL; its exit status is
# this script's.
set -euo pipefail

usage() {
    echo "usage: tests/services.sh COMMAND [ARGUMENT...]" >&2
    exit 2
}

is_root() { [ "$(id -u)" -eq 0 ]; }

# The folder of initdb and pg_ctl: from PATH, or the newest of Debian's version folders.
postgres_programs() {
    local initdb
    initdb=$(command -v initdb || printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
    [ -x "$initdb" ] && dirname "$(readlink -f "$initdb")"
}

require_programs() {
    local program missing=
    postgres_programs >/dev/null || missing=postgresql
    for program in pgbouncer redis-server redis-cli; do
        command -v "$program" >/dev/null || missing=$program
    done
    [ -n "$missing" ] || return 0
    if ! is_root || ! command -v apt-get >/dev/null; then
        echo "tests/services.sh needs PostgreSQL (initdb, pg_ctl), PgBouncer and Redis (redis-server, redis-cli): please install them." >&2
        exit 1
    fi
    apt-get update >&2
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends postgresql pgbouncer redis-server >&2
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if is_root; then
        (cd "$folder" && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

random_port() { echo $((20000 + RANDOM % 12000)); }

start_postgres() {
    local programs port data=$folder/postgres
    programs=$(postgres_programs)
    pg_ctl=(as_postgres "$programs/pg_ctl" --pgdata="$data" --silent --wait)
    as_postgres "$programs/initdb" --pgdata="$data" --username=postgres --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/log" 2>&1 || return 1
    cat >>"$data/postgresql.conf" <<EOF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
EOF
    # A port may be taken in the moment between choice and use: then the next one.
    for _ in {1..10}; do
        port=$(random_port)
        if "${pg_ctl[@]}" --log="$data/log" --options="-p $port" start >>"$folder/log" 2>&1; then
            postgres_port=$port
            export TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
            return
        fi
    done
    cat "$data/log" >>"$folder/log"
    return 1
}

# In transaction mode, with fewer connections than its clients have, so that they change hands.
start_pgbouncer() {
    local port program
    for _ in {1..10}; do
        port=$(random_port)
        cat >"$folder/pgbouncer.ini" <<INI
[databases]
* = host=127.0.0.1 port=$postgres_port user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir = $folder
pidfile = $folder/pgbouncer.pid
auth_type = any
pool_mode = transaction
default_pool_size = 3
INI
        as_postgres "$(command -v pgbouncer)" --quiet "$folder/pgbouncer.ini" >>"$folder/log" 2>&1 &
        program=$!
        while kill -0 "$program" 2>/dev/null; do
            # The socket is ours alone: its file means that the port is ours too.
            if [ -S "$folder/.s.PGSQL.$port" ] && (: </dev/tcp/127.0.0.1/"$port") 2>/dev/null; then
                export TEST_PGBOUNCER_URL="postgres://postgres@127.0.0.1:$port/postgres"
                return
            fi
            sleep 0.02
        done
    done
    return 1
}

start_redis() {
    local port socket=$folder/redis.sock
    for _ in {1..10}; do
        port=$(random_port)
        redis-server --bind 127.0.0.1 --port "$port" --unixsocket "$socket" --dir "$folder" \
            --save '' --appendonly no >>"$folder/log" 2>&1 &
        redis=$!
        # The socket is ours alone and opens after the port: an answer means that both are ready.
        while kill -0 "$redis" 2>/dev/null; do
            if [ "$(redis-cli -s "$socket" ping 2>/dev/null)" = PONG ]; then
                export TEST_REDIS_URL="redis://127.0.0.1:$port/"
                return
            fi
            sleep 0.02
        done
    done
    return 1
}

clean_up() {
    trap '' INT TERM HUP
    [ ! -s "$folder/pgbouncer.pid" ] || kill "$(cat "$folder/pgbouncer.pid")" 2>/dev/null || true
    [ -z "${pg_ctl:-}" ] || "${pg_ctl[@]}" --mode=immediate stop >/dev/null 2>&1 || true
    [ -z "${redis:-}" ] || { kill "$redis" && wait "$redis"; } >/dev/null 2>&1 || true
    rm -rf "$folder"
}

start() {
    "$1" && return
    cat "$folder/log" >&2
    echo "tests/services.sh: $1 failed" >&2
    exit 1
}

[ $# -gt 0 ] || usage
require_programs
folder=$(mktemp -d /tmp/find-helper-services.XXXXXX)
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
! is_root || chown postgres "$folder"
start start_postgres
start start_pgbouncer
start start_redis
"$@"
