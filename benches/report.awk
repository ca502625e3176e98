# Medians of the rounds as Markdown. Lines: database varied case server requests µs bytes failures p50 p99
# server-cpu database-cpu anonymous-MB; the rounds of the two servers alternate.

BEGIN {
    name["page"] = "page of 20 jobs with owners (GraphQL)"
    name["list"] = "list of 20 jobs (REST, API key)"
    name["by-id"] = "job by id (REST, API key)"
    name["one"] = "one job with its owner (GraphQL)"
    name["nested"] = "10 jobs → owner → 5 latest jobs (GraphQL)"
    name["create"] = "createJob (GraphQL, API key)"
    name["login"] = "login (REST)"
    name["first"] = "page 1 (GraphQL)"
    name["deep"] = "page 5,000 (GraphQL)"
}

{
    row = $1 " " $2 " " $3
    if (!(row in seen)) { seen[row] = ++rows; order[rows] = row }
    server = $4
    n = ++count[row, server]
    rate[row, server, n] = $5 * 1e6 / $6
    p50[row, server, n] = $9 / 1000
    p99[row, server, n] = $10 / 1000
    own[row, server, n] = $11 / $5
    db[row, server, n] = $12 / $5
    memory[row, server, n] = $13
    failures += $8
    if (server == "baseline") ratio[row, server, n] = rate[row, "gateway", n] / rate[row, "baseline", n]
}

END {
    print "| database | what | varied | gateway req/s | hand-written req/s | ratio | p50 / p99 ms | hand-written |" \
        " µs CPU: server + database | hand-written | anonymous MB | hand-written |"
    print "|---|---|---|---|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= rows; i++) {
        row = order[i]
        split(row, part, " ")
        printf "| %s | %s | %s | %.0f | %.0f | **%.2f** | %s | %s | %s | %s | %.0f | %.0f |\n",
            part[1], name[part[3]], part[2] == "-" ? "" : part[2],
            median(rate, row, "gateway"), median(rate, row, "baseline"), median(ratio, row, "baseline"),
            times(row, "gateway"), times(row, "baseline"), cpu(row, "gateway"), cpu(row, "baseline"),
            median(memory, row, "gateway"), median(memory, row, "baseline")
    }
    printf "\nAnswers that were no success: %d.\n\n", failures
    for (i = 1; i <= rows; i++) {
        split(order[i], part, " ")
        if (part[3] == "deep") flat(part[1] ", page 5,000 to page 1", order[i], part[1] " " part[2] " first")
        if (part[2] == "JOBS=1000000")
            flat(part[1] ", 1,000,000 to 10,000 jobs, " part[3], order[i], part[1] " JOBS=10000 " part[3])
    }
}

# Requests a second in a row as a part of those in another.
function flat(what, row, other) {
    if (other in seen)
        printf "- %s: **%.2f** (hand-written: %.2f)\n", what,
            median(rate, row, "gateway") / median(rate, other, "gateway"),
            median(rate, row, "baseline") / median(rate, other, "baseline")
}

function times(row, server) {
    return sprintf("%.1f / %.1f", median(p50, row, server), median(p99, row, server))
}

function cpu(row, server) {
    return sprintf("%.0f + %.0f", median(own, row, server), median(db, row, server))
}

function median(values, row, server,    n, i, j, sorted, value) {
    n = count[row, server]
    for (i = 1; i <= n; i++) {
        value = values[row, server, i]
        for (j = i; j > 1 && sorted[j - 1] > value; j--) sorted[j] = sorted[j - 1]
        sorted[j] = value
    }
    return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}
