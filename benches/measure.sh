# Readings of processes and single requests. To be sourced; needs $folder.

# CPU time of a process so far, in microseconds.
cpu_of() { # PID
    sed 's/^.*) //' "/proc/$1/stat" | awk -v hz="$(getconf CLK_TCK)" '{ printf "%.0f", ($12 + $13) * 1e6 / hz }'
}

# CPU time of PostgreSQL, all its processes, ended ones too; nothing for SQLite.
cpu_of_database() {
    [ -n "${postmaster:-}" ] || { echo 0; return; }
    { cat /proc/[0-9]*/stat 2>/dev/null || true; } | awk -v hz="$(getconf CLK_TCK)" -v postmaster="$postmaster" '
        { pid = $1; sub(/^.*\) /, "") }
        pid == postmaster { ticks += $12 + $13 + $14 + $15 }
        $2 == postmaster { ticks += $12 + $13 }
        END { printf "%.0f", ticks * 1e6 / hz }'
}

# The parent of all PostgreSQL processes.
find_postmaster() {
    local worker
    worker=$(psql "$DATABASE_URL" --tuples-only --no-align --command \
        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")
    postmaster=$(sed 's/^.*) //' "/proc/$worker/stat" | cut -d ' ' -f 2)
}

# Resident memory in MB.
memory_of() { # PID
    awk '/^VmRSS:/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"
}

median() { sort -n | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'; }

# Milliseconds from the start of the process to the first answer that needed the database.
cold_start() { # PORT
    local started process body='{"query":"{ jobTypes { slug } }"}' status
    started=${EPOCHREALTIME/./}
    BIND_ADDR=127.0.0.1:$1 "$gateway_program" serve 2>/dev/null &
    process=$!
    until { exec 9<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null; do
        kill -0 "$process" || die "the gateway does not start"
    done
    printf 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
        "${#body}" "$body" >&9
    read -r status <&9
    [[ $status == *" 200 "* ]] || die "the first answer is $status"
    echo $(((${EPOCHREALTIME/./} - started) / 1000))
    exec 9>&-
    kill "$process" && wait "$process" || true
}

# Documents of the largest size that is read, each of which must be refused at once.
hostile() { # KIND NUMBER
    local size=65000 fill
    repeat() { printf "%$(($2 / ${#1}))s" '' | sed "s/ /$1/g"; }
    case $1 in
    selections) fill="query Q$2 $(repeat '{a' $size)" ;;
    lists) fill="query Q$2 {jobs(filter:$(repeat '[' $size)" ;;
    fields) fill="query Q$2 {jobs{nodes{$(repeat 'id ' $size)}}}" ;;
    wrong-fields) fill="query Q$2 {jobs{nodes{$(for i in {1..1900}; do printf 'x%028d ' "$i"; done)}}}" ;;
    fragments) fill="query Q$2 {...F0}$(for i in {0..240}; do
        printf 'fragment F%d on Query{%s}' "$i" "$(repeat "...F$((i + 1)) " 240)"
    done)" ;;
    string) fill="query Q$2 {job(by:{id:\\\"$(repeat x $size)\\\"}){id}}" ;;
    comment) fill="query Q$2 {jobs{nodes{id}}}#$(repeat x $size)" ;;
    esac
    printf '{"query":"%s"}' "${fill:0:65400}"
}

# Milliseconds until a hostile document is answered.
rejection() { # KIND NUMBER
    hostile "$@" >"$folder/hostile"
    curl --silent --output /dev/null --write-out '%{time_total}\n' "$gateway/graphql" \
        --header 'Content-Type: application/json' --data-binary "@$folder/hostile" |
        awk '{ printf "%.1f\n", $1 * 1000 }'
}
