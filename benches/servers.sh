# The programs, their databases and the two servers. To be sourced; needs $scratch and $JOBS.

require() { # PROGRAM, which Debian has in a package of this name
    command -v "$1" >/dev/null && return
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || die "needs $1: please install it"
    apt-get update >&2
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$1" >&2
}

# Programs that are built already are taken from GATEWAY_PROGRAM and BASELINE_PROGRAM.
build_gateway() {
    gateway_program=${GATEWAY_PROGRAM:-}
    [ -z "$gateway_program" ] || return 0
    say "building the gateway"
    (cd .. && cargo build --release --locked --quiet)
    gateway_program=${CARGO_TARGET_DIR:-$PWD/../target}/release/find-helper
}

build_baseline() {
    baseline_program=${BASELINE_PROGRAM:-}
    [ -z "$baseline_program" ] || return 0
    say "building the hand-written server"
    (cd baseline && CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target} cargo build --release --locked --quiet)
    baseline_program=${CARGO_TARGET_DIR:-$PWD/baseline/target}/release/baseline
}

# A new database with a key, in a folder of its own; sets $folder, $postmaster and $key_headers.
prepare() { # DATABASE
    folder=$(mktemp -d "$scratch/XXXXXX") postmaster=
    settings "$1"
    say "seeding $JOBS jobs of $((JOBS / 10)) people"
    # The statistics of a million jobs take longer than a statement may.
    DATABASE_STATEMENT_TIMEOUT_MS=600000 "$gateway_program" seed --jobs "$JOBS" --users $((JOBS / 10)) >/dev/null \
        2>"$folder/seed.log" || die "$(tail -n 3 "$folder/seed.log")"
    make_key
    [ "$1" = sqlite ] || find_postmaster
}

# What both servers run with; limits that nobody reaches.
settings() { # DATABASE
    export DATA_DIR=$folder PUBLIC_URL=http://127.0.0.1:8080 LOG_LEVEL=warn
    export JWT_SECRET=benches-know-this-secret-and-nobody-minds
    export ARGON2_CONCURRENCY ARGON2_QUEUE=1000 ARGON2_MAX_WAIT_MS=60000
    ARGON2_CONCURRENCY=$(nproc)
    export LIMIT_{LOGIN,GENERAL,READING,KEY,GRAPHQL}_PER_MINUTE=1000000 LIMIT_KEY_PER_DAY=100000000 LIMIT_COST_PER_MINUTE=4000000000
    export HTTP_CONNECTIONS_PER_ADDRESS=1000
    case $1 in
    sqlite) export DATABASE_URL=sqlite://$folder/bench.db ;;
    postgres)
        export DATABASE_URL=${TEST_POSTGRES_URL%/*}/jobs_$JOBS
        psql --quiet "${TEST_POSTGRES_URL:?is set by tests/services.sh}" 2>/dev/null \
            --command "DROP DATABASE IF EXISTS jobs_$JOBS" --command "CREATE DATABASE jobs_$JOBS"
        ;;
    esac
}

make_key() {
    local lines
    lines=$("$gateway_program" api-key create --email seed-000001@example.com --name bench)
    key_headers=(--header "$(grep X-API-Key: <<<"$lines")" --header "$(grep X-API-Secret: <<<"$lines")")
}

start() {
    start_gateway
    BIND_ADDR=127.0.0.1:0 "$baseline_program" 2>"$folder/baseline.log" &
    baseline_process=$!
    baseline=$(address baseline)
}

start_gateway() { # [env's arguments...]
    : >"$folder/gateway.log" # Of the gateway before.
    env "$@" BIND_ADDR=127.0.0.1:0 "$gateway_program" serve 2>"$folder/gateway.log" &
    gateway_process=$!
    gateway=$(address gateway)
}

# The first address that a server's log names.
address() { # SERVER
    local url process=${1}_process
    until url=$(grep -o -m 1 'http://127.0.0.1:[0-9]*' "$folder/$1.log"); do
        kill -0 "${!process}" || die "$(cat "$folder/$1.log")"
    done
    echo "$url"
}

stop() {
    kill $(jobs -p) 2>/dev/null || true
    wait 2>/dev/null || true
}
