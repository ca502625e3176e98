# Medians of the rounds as Markdown. Lines: database case server requests µs bytes failures p50 p99
# server-cpu database-cpu; the rounds of the two servers alternate.

BEGIN {
    name["page"] = "page of 20 jobs with owners (GraphQL)"
    name["list"] = "list of 20 jobs (REST, API key)"
    name["by-id"] = "job by id (REST, API key)"
    name["one"] = "one job with its owner (GraphQL)"
    name["nested"] = "10 jobs → owner → 5 latest jobs (GraphQL)"
    name["create"] = "createJob (GraphQL, API key)"
    name["login"] = "login (REST)"
}

{
    row = $1 " " $2
    if (!(row in seen)) { seen[row] = ++rows; order[rows] = row }
    server = $3
    n = ++count[row, server]
    rate[row, server, n] = $4 * 1e6 / $5
    p50[row, server, n] = $8 / 1000
    p99[row, server, n] = $9 / 1000
    own[row, server, n] = $10 / $4
    db[row, server, n] = $11 / $4
    failures += $7
    if (server == "baseline") ratio[row, server, n] = rate[row, "gateway", n] / rate[row, "baseline", n]
}

END {
    print "| database | what | gateway req/s | hand-written req/s | ratio | p50 / p99 ms | µs CPU: server + database | hand-written |"
    print "|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= rows; i++) {
        row = order[i]
        split(row, part, " ")
        printf "| %s | %s | %.0f | %.0f | **%.2f** | %.1f / %.1f | %.0f + %.0f | %.0f + %.0f |\n",
            part[1], name[part[2]], median(rate, row, "gateway"), median(rate, row, "baseline"),
            median(ratio, row, "baseline"), median(p50, row, "gateway"), median(p99, row, "gateway"),
            median(own, row, "gateway"), median(db, row, "gateway"),
            median(own, row, "baseline"), median(db, row, "baseline")
    }
    printf "\nAnswers that were no success: %d.\n", failures
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
