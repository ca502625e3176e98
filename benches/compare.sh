# The gateway beside the hand-written server. To be sourced; needs $results and $facts.

load() { # CASE SERVER SECONDS uniform|zipf|check
    local headers
    headers_of "$1"
    wrk --threads $((CONNECTIONS < 2 ? 1 : 2)) --connections "$CONNECTIONS" --duration "$3s" --timeout 30s \
        --latency "${headers[@]}" --script load/replay.lua \
        "${!2}" -- "$folder/$1.$2" "$4" | sed -n 's/^RESULT //p'
}

# One round of one server; a line of results.
round() { # DATABASE VARIED CASE SERVER
    local process=${4}_process server database result
    server=$(cpu_of "${!process}") database=$(cpu_of_database)
    result=$(load "$3" "$4" "$ROUND_SECONDS" "$LAW")
    server=$(($(cpu_of "${!process}") - server)) database=$(($(cpu_of_database) - database))
    echo "$* $result $server $database $(memory_of "${!process}")" >>"$results"
    sleep 0.5 # What was cut off at the end of the round runs out.
}

measure_case() { # DATABASE VARIED CASE
    local server checked
    compare_answers "$3"
    for server in gateway baseline; do
        checked=$(load "$3" "$server" 2 check)
        [ "$(cut -d ' ' -f 4 <<<"$checked")" -eq 0 ] || die "$3: $server fails: $checked"
    done
    for ((n = 1; n <= ROUNDS; n++)); do
        round "$@" gateway
        round "$@" baseline
    done
    say "$*: $(grep "^$* " "$results" | awk '{ printf "%s %.0f  ", $4, $5 * 1e6 / $6 }')"
}

# Cases side by side, by servers that have just started.
compare() { # DATABASE VARIED CASE...
    local name baseline_process gateway_process database=$1 varied=$2
    shift 2
    start
    sleep 1
    local idle
    idle=$(memory_of "$gateway_process")
    [ -e "$folder/page.gateway" ] || write_requests
    case " $* " in *" deep "*) write_deep_requests ;; esac
    for name; do measure_case "$database" "$varied" "$name"; done
    [ "$varied" != - ] || note_facts "$database" "$idle" >>"$facts"
    stop
}

# One dimension after the other, three cases each; a dimension is a setting of benches/run.
vary() { # DATABASE
    local dimension
    for dimension in $DIMENSIONS; do varied "$1" "$dimension"; done
}

varied() { # DATABASE DIMENSION
    local "$2" cases="page one create"
    local folder=$folder postmaster=$postmaster key_headers=("${key_headers[@]}")
    local DATABASE_URL=$DATABASE_URL DATA_DIR=$DATA_DIR
    say "$1 with $2"
    case $2 in JOBS=*) prepare "$1" ;; esac
    # Of fewer jobs not enough are published for 5,000 pages.
    [ "$JOBS" -lt 200000 ] || cases+=" first deep"
    compare "$1" "$2" $cases
}

# What only the gateway is asked, after the load.
note_facts() { # DATABASE IDLE
    echo "- $1: anonymous memory idle **$2 MB**, after the load $(memory_of "$gateway_process") MB" \
        "(hand-written: $(memory_of "$baseline_process") MB)"
    [ "$1" = sqlite ] || return 0
    local name n
    for name in small $HOSTILE; do
        echo "- CPU of a request whose document is new ($name):" \
            "**$(for n in {1..5}; do cpu_of_new "$name" "$n"; done | median) µs**"
    done
    echo "- first answer of a cold start on a migrated file after" \
        "**$(for n in {1..9}; do cold_start $((30000 + RANDOM % 2000)); done | median) ms**"
}
