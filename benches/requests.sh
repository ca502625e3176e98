# Which requests each case sends: a file of lines for replay.lua, one for each server.
# To be sourced; needs $folder, $gateway (URL) and $key_headers.

# Alternating names and values as JSON and as a query string; empty values are left out.
json() {
    local separator=
    printf '{'
    while [ $# -gt 0 ]; do
        if [[ $2 =~ ^[0-9]+$ ]]; then
            printf '%s"%s":%s' "$separator" "$1" "$2"
            separator=,
        elif [ -n "$2" ]; then
            printf '%s"%s":"%s"' "$separator" "$1" "$2"
            separator=,
        fi
        shift 2
    done
    printf '}'
}

query_string() {
    local separator='?'
    while [ $# -gt 0 ]; do
        if [ -n "$2" ]; then
            printf '%s%s=%s' "$separator" "$1" "$(percent "$2")"
            separator='&'
        fi
        shift 2
    done
}

percent() {
    case $1 in
    *[!A-Za-z0-9_-]*) printf %s "$1" | od -An -tx1 -v | tr -d '\n' | tr ' ' % ;;
    *) printf %s "$1" ;;
    esac
}

# The place that a sealed cursor of the gateway holds, as the hand-written server spells it.
unsealed() {
    [ -z "$1" ] || printf '%s=' "$1" | tr '_-' '/+' | base64 --decode | head -c 16 | base64 | tr '/+' '_-' | tr -d '='
}

# A document of load/ with variables, as the body of a request.
operation() {
    local document
    document=$(tr -s '\n ' '  ' <"load/$1.graphql")
    shift
    printf '{"query":"%s","variables":%s}' "$document" "$(json "$@")"
}

write_request() { # CASE SERVER METHOD PATH BODY
    printf '%s\t%s\t%s\n' "$3" "$4" "$5" >>"$folder/$1.$2"
}

# Filters that leave full pages: none, each city, each type, and the two largest of both.
filters() {
    local city type
    echo "|"
    for city in "${cities[@]}"; do echo "$city|"; done
    for type in "${types[@]}"; do echo "|$type"; done
    for city in "${cities[@]:0:2}"; do
        for type in "${types[@]:0:2}"; do echo "$city|$type"; done
    done
}

# What is frequent in the newest jobs, most frequent first: field, count.
frequent() {
    local body='{"query":"{ jobs(first: 100) { nodes { city jobType } } }"}'
    curl --silent --fail "$gateway/graphql" --header 'Content-Type: application/json' --data "$body" |
        grep -o "\"$1\":\"[^\"]*\"" | sort | uniq -c | sort -rn | head -n "$2" |
        sed 's/.*:"\(.*\)"/\1/'
}

# Walks the first pages of a filter and remembers cursors and ids.
walk() { # CITY TYPE
    local cursor='' answer
    for _ in 1 2 3 4 5; do
        positions+=("$1|$2|$cursor")
        answer=$(curl --silent --fail "$gateway/graphql" --header 'Content-Type: application/json' \
            --data "$(operation page city "$1" jobType "$2" after "$cursor")")
        mapfile -t -O "${#ids[@]}" ids < <(grep -o '"job_[0-9]*"' <<<"$answer" | tr -dc '0-9\n')
        cursor=$(sed -n 's/.*"endCursor":"\([^"]*\)".*/\1/p' <<<"$answer")
        [[ $answer == *'"hasNextPage":true'* ]] || break
    done
}

# A page of the list, by both servers.
write_page() { # CASE CURSOR [NAME VALUE...]
    local case=$1 cursor=$2
    shift 2
    write_request "$case" gateway POST /graphql "$(operation page "$@" after "$cursor")"
    write_request "$case" baseline GET "/jobs$(query_string "$@" cursor "$(unsealed "$cursor")")" ''
}

# Page 1, and the pages up to 5,000: reached in steps of a hundred jobs.
write_deep_requests() {
    local cursor='' step body
    write_page first ''
    for step in {1..1000}; do
        body=$(printf '{"query":"{ jobs(first: 100%s) { pageInfo { endCursor } } }"}' "${cursor:+, after: \\\"$cursor\\\"}")
        cursor=$(curl --silent --fail "$gateway/graphql" --header 'Content-Type: application/json' --data "$body" |
            sed -n 's/.*"endCursor":"\([^"]*\)".*/\1/p')
        [ -n "$cursor" ] || die "the list ends before page 5,000"
        [ "$step" -le 980 ] || write_page deep "$cursor"
    done
}

write_requests() {
    local city type cursor position id number cities types positions ids
    mapfile -t cities < <(frequent city 6)
    mapfile -t types < <(frequent jobType 6)
    positions=() ids=()
    while IFS='|' read -r city type; do walk "$city" "$type"; done < <(filters)
    for position in "${positions[@]}"; do
        IFS='|' read -r city type cursor <<<"$position"
        local given=(city "$city" jobType "$type")
        local sealed plain
        sealed=$(query_string "${given[@]}" cursor "$cursor")
        plain=$(query_string "${given[@]}" cursor "$(unsealed "$cursor")")
        write_page page "$cursor" "${given[@]}"
        write_request list gateway GET "/api/jobs$sealed" ''
        write_request list baseline GET "/api/jobs$plain" ''
        write_request nested gateway POST /graphql "$(operation nested "${given[@]}" after "$cursor")"
        write_request nested baseline GET "/jobs/nested$plain" ''
    done
    for id in "${ids[@]}"; do
        write_request one gateway POST /graphql "$(operation one id "job_$id")"
        write_request one baseline GET "/jobs/job_$id" ''
        write_request by-id gateway GET "/api/jobs/$id" ''
        write_request by-id baseline GET "/api/jobs/$id" ''
    done
    for number in {1..100}; do
        city=${cities[number % ${#cities[@]}]} type=${types[number % ${#types[@]}]}
        local job=(title "居家清潔 $number" jobType "$type" city "$city"
            address "${city}信義路五段 $number 號" estimatedAmount "$((1000 + number))")
        write_request create gateway POST /graphql "$(operation create "${job[@]}")"
        write_request create baseline POST /jobs "$(json "${job[@]}")"
        local account
        account=$(json email "$(printf 'seed-%06d@example.com' $((number * JOBS / 1000)))" \
            password password123)
        write_request login gateway POST /login "$account"
        write_request login baseline POST /login "$account"
    done
}

# The headers of a case: a key where the routes ask for one, none where visitors are served.
headers_of() { # CASE
    headers=(--header 'Content-Type: application/json')
    case $1 in list | by-id | create) headers+=("${key_headers[@]}") ;; esac
}

# One request by curl; the answer goes to standard output, its status must be a success.
send() { # URL LINE
    local method path body
    IFS=$'\t' read -r method path body <<<"$2"
    curl --silent --show-error --fail --request "$method" "$1$path" "${headers[@]}" \
        ${body:+--data "$body"}
}

# The servers agree: byte for byte but for cursors; in length where ids and tokens are new.
compare_answers() { # CASE
    local line=0 left right headers
    headers_of "$1"
    while IFS= read -r left <&3 && IFS= read -r right <&4 && [ $((line += 1)) -le 25 ]; do
        left=$(send "$gateway" "$left") || die "$1: the gateway refuses request $line"
        right=$(send "$baseline" "$right") || die "$1: the hand-written server refuses request $line"
        [[ $left != *'"errors":'* ]] || die "$1: $left"
        case $1 in
        create | login)
            left=$(mask <<<"$left") left=${#left} right=${#right}
            ((left * 10 > right * 9 && left * 9 < right * 10)) && continue
            ;;
        *)
            [ "$(mask <<<"$left")" != "$(mask <<<"$right")" ] || continue
            ;;
        esac
        die "$1: the servers differ in request $line:"$'\n'"$left"$'\n'"$right"
    done 3<"$folder/$1.gateway" 4<"$folder/$1.baseline"
}

mask() { sed -E 's/"(endCursor|nextCursor)":"[^"]*"/"\1":"…"/g; s/,"extensions":\{"cost":\{[^}]*\}\}//'; }
