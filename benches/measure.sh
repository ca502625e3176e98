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

# Anonymous memory in MB: without the pages of files, which the system may drop.
memory_of() { # PID
    awk '/^RssAnon:/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status"
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

# Kinds of documents, most as large as is read, each of which must be refused at once.
HOSTILE="selections lists fields wrong-fields late-field arguments conditions fragments string"

# A request whose document is called `Q@`.
request_of() { # KIND
    local size=65000 fill
    repeat() { printf "%$(($2 / ${#1}))s" '' | sed "s/ /$1/g"; }
    each() { for ((i = 0; i < $1; i++)); do printf "$2" "$i"; done; }
    case $1 in
    small) fill="query Q@ {jobTypes{slug}}" ;;
    selections) fill="query Q@ $(repeat '{a' $size)" ;;
    lists) fill="query Q@ {jobs(filter:$(repeat '[' $size)" ;;
    fields) fill="query Q@ {jobs{nodes{$(repeat 'id ' $size)}}}" ;;
    wrong-fields) fill="query Q@ {jobs{nodes{$(each 1900 'x%028d ')}}}" ;;
    late-field) fill="query Q@ {jobs{nodes{$(repeat 'id ' 5700) unknown}}}" ;;
    arguments) fill="query Q@ {jobs{nodes{$(each 300 'id(a%d:1)')}}}" ;;
    conditions) fill="query Q@ {jobs{nodes{$(each 320 '...on X%d{id}')}}}" ;;
    fragments) fill="query Q@ {...F0}$(for i in {0..240}; do
        printf 'fragment F%d on Query{%s}' "$i" "$(repeat "...F$((i + 1)) " 240)"
    done)" ;;
    string) fill="query Q@ {job(by:{id:\\\"$(repeat x $size)\\\"}){id}}" ;;
    esac
    printf '{"query":"%s"}' "${fill:0:65400}"
}

# Microseconds of the gateway's CPU for each of 100 requests on one connection, none sent before.
cpu_of_new() { # KIND ROUND
    local request n before
    request=$(request_of "$1")
    for n in {100..199}; do
        printf '%s' "${request/@/$2$n}" >"$folder/new-$n"
        [ "$n" = 100 ] || echo next
        printf 'silent\nurl = "%s/graphql"\nheader = "Content-Type: application/json"\n' "$gateway"
        printf 'data-binary = "@%s"\noutput = /dev/null\n' "$folder/new-$n"
    done >"$folder/requests"
    before=$(cpu_nanoseconds_of "$gateway_process")
    curl --config "$folder/requests"
    echo $((($(cpu_nanoseconds_of "$gateway_process") - before) / 100000))
}

# CPU time of a process so far; threads that ended are not counted.
cpu_nanoseconds_of() { # PID
    cat "/proc/$1"/task/*/schedstat | awk '{ sum += $1 } END { printf "%.0f", sum }'
}
