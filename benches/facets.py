"""How long facets, amounts of similar jobs and deep pages take, one after the other, as a visitor and as a person.

facets.py DATABASE GATEWAY: rows of Markdown. A time is that of the whole request. BENCH_KEY and BENCH_SECRET are
those of a person with many jobs, to whom more reasons lead than to a visitor.
"""

import http.client
import json
import os
import statistics
import sys
import time
from urllib.parse import urlsplit

from search import QUESTIONS

NARROWED = [
    {"city": "台北市"}, {"city": "新竹"}, {"city": "連江縣"}, {"jobType": "pet"}, {"jobTypes": ["pet", "care", "moving"]},
    {"minAmount": 1000, "maxAmount": 2000}, {"city": "高雄", "minAmount": 100000},
]  # fmt: skip
FILTERS = {
    "all jobs": [{}],
    "narrowed by place, type or amount": NARROWED,
    "frequent words": [{"search": words} for words in QUESTIONS["frequent"]],
    "rare words": [{"search": words} for words in QUESTIONS["rare"]],
}
FACETS = {
    "city": "query($filter: JobFilter) { jobs(filter: $filter, first: 1) { facets { city { value count } } } }",
    "jobType": "query($filter: JobFilter) { jobs(filter: $filter, first: 1) { facets { jobType { value count } } } }",
}
PAY = """query($city: String!, $jobType: String!) {
  similarPay(city: $city, jobType: $jobType) { low median high count } }"""
PAGE = """query($first: Int!, $after: String) { jobs(first: $first, after: $after) {
  nodes { id title city estimatedAmount owner { id name } } pageInfo { hasNextPage endCursor } } }"""
ROUNDS = 5
STEPS = 500


def main(database, gateway):
    url = urlsplit(gateway)
    connection = http.client.HTTPConnection(url.hostname, url.port)
    person = {"X-API-Key": os.environ["BENCH_KEY"], "X-API-Secret": os.environ["BENCH_SECRET"]}
    for who, headers in {"visitor": {}, "person": person}.items():
        for kind, filters in FILTERS.items():
            for facet, query in FACETS.items():
                asked = [(query, {"filter": filter}) for filter in filters]
                report(database, f"facet {facet} of {kind}, {who}", connection, asked, headers)
    places = [{"city": city, "jobType": kind} for city in ["台北市", "新竹", "連江縣"] for kind in ["pet", "moving"]]
    report(database, "similarPay", connection, [(PAY, place) for place in places])
    after, behind = deep(connection)
    report(database, "page of 20 jobs", connection, [(PAGE, {"first": 20})])
    report(database, f"page of 20 jobs behind {behind:,}", connection, [(PAGE, {"first": 20, "after": after})])


def report(database, name, connection, asked, headers={}):
    times = [ask(connection, *it, headers)[0] for _ in range(ROUNDS) for it in asked]
    print(f"| {database} | {name} | {statistics.median(times) * 1e3:.1f} | {max(times) * 1e3:.1f} |")


def ask(connection, query, variables, headers={}):
    body = json.dumps({"query": query, "variables": variables})
    begun = time.perf_counter()
    connection.request("POST", "/graphql", body, {"Content-Type": "application/json", **headers})
    answer = json.loads(connection.getresponse().read())
    seconds = time.perf_counter() - begun
    if "errors" in answer:
        sys.exit(f"{variables}: {answer['errors']}")
    return seconds, answer["data"]


def deep(connection):
    """A cursor far down the list, and how many jobs are before it."""
    after = None
    for step in range(STEPS):
        page = ask(connection, PAGE, {"first": 100, "after": after})[1]["jobs"]["pageInfo"]
        if not page["hasNextPage"]:
            return after, 100 * step
        after = page["endCursor"]
    return after, 100 * STEPS


if __name__ == "__main__":
    main(*sys.argv[1:])
