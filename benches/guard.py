"""Counts instructions per request of a gateway that runs under callgrind, and compares them.

guard.py GATEWAY PID ID SECRET TABLE [record]: ID and SECRET are the headers of a key. Fails if an operation
needs over 5 % more than TABLE says.
"""

import http.client
import json
import re
import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

REQUESTS = 6
ROUNDS = 12
# Rises beyond this part fail, falls are to be recorded.
MARGIN = 0.05
UPDATE = "mutation Update($id: ID!, $title: String) { updateJob(input: {id: $id, title: $title}) { job { id title version } } }"
OWNED = '{ user(id: "user_1") { jobs(first: 50, status: PUBLISHED) { nodes { id } } } }'
VIEWER = "{ viewer { id name email } }"


class Gateway:
    """One connection, on which all requests go one after the other."""

    def __init__(self, url, *key):
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self.key = dict(header.split(": ") for header in key)

    def ask(self, method, path, body, headers):
        body = json.dumps(body) if body else None
        self.connection.request(method, path, body, {"Content-Type": "application/json", **headers})
        response = self.connection.getresponse()
        answer = json.loads(response.read())
        if response.status != 200 or "errors" in answer:
            sys.exit(f"{method} {path}: {response.status} {answer}")
        return answer

    def query(self, document, **variables):
        return self.ask(*graphql(document, {}, **variables))["data"]

    def token(self):
        account = {"email": "seed-000002@example.com", "password": "password123"}
        return self.ask("POST", "/login", account, {})["data"]["token"]


def graphql(document, headers, **variables):
    return "POST", "/graphql", {"query": document, "variables": variables}, headers


def operations(gateway):
    """What is sent for each name, over and over."""
    document = {path.stem: path.read_text() for path in Path("load").glob("*.graphql")}
    jobs = gateway.query("{ jobs(first: 50) { nodes { id city jobType } } }")["jobs"]["nodes"]
    owned = gateway.ask(*graphql(OWNED, gateway.key))["data"]["user"]["jobs"]["nodes"]
    ids = [job["id"] for job in jobs]
    cities = [None, *dict.fromkeys(job["city"] for job in jobs)]
    post = {"jobType": "general", "address": "信義路五段 1 號", "estimatedAmount": 3000}
    return {
        "page": [graphql(document["page"], {}, city=city) for city in cities],
        "list": [("GET", f"/api/jobs?limit={limit}", None, gateway.key) for limit in (10, 20, 30)],
        "by-id": [("GET", f"/api/jobs/{id.removeprefix('job_')}", None, gateway.key) for id in ids],
        "one": [graphql(document["one"], {}, id=id) for id in ids],
        "nested": [graphql(document["nested"], {}, city=city) for city in cities],
        "create": [
            graphql(document["create"], gateway.key, title=f"居家清潔 {n}", city=city or "台北市", **post)
            for n, city in enumerate(cities)
        ],
        "update": [graphql(UPDATE, gateway.key, id=job["id"], title=f"搬家 {n}") for n, job in enumerate(owned)],
        "viewer": [graphql(VIEWER, {"Authorization": f"Bearer {gateway.token()}"})],
    }


class Counter:
    """Of instructions, by callgrind."""

    def __init__(self, process):
        self.process = process
        self.ask("instrumentation", "on")

    def per_request(self, gateway, requests):
        """The mean of several; of each the cheapest time, beside which the gateway did no chores."""
        requests = list(islice(cycle(requests), REQUESTS))
        rounds = [[self.of(gateway, request) for request in requests] for _ in range(ROUNDS)]
        return sum(map(min, zip(*rounds))) // REQUESTS

    def of(self, gateway, request):
        """With what the gateway does for it after its answer, such as making notices of a change."""
        before = self.settled()
        gateway.ask(*request)
        return self.settled() - before

    def settled(self):
        """The total once the gateway has come to rest."""
        total, before = self.total(), None
        while total != before:
            total, before = self.total(), total
        return total

    def total(self):
        """Of all threads so far."""
        return sum(map(int, re.findall(r"^events-\d+: (\d+)$", self.ask("status", "internal"), re.M)))

    def ask(self, *command):
        # A process that waits for requests is interrupted after a millisecond.
        command = ["vgdb", f"--pid={self.process}", "--max-invoke-ms=1", *command]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def main(url, process, key, secret, table, record=None):
    gateway = Gateway(url, key, secret)
    recorded = dict(line.split() for line in Path(table).read_text().splitlines()) if Path(table).exists() else {}
    counter = Counter(process)
    now, risen, fallen = {}, [], []
    for name, requests in operations(gateway).items():
        now[name] = counter.per_request(gateway, requests)
        before = int(recorded.get(name, now[name]))
        change = now[name] / before - 1
        print(f"{name:8}{now[name]:12,}{before:12,}{change:+8.1%}", flush=True)
        risen += [name] if change > MARGIN else []
        fallen += [name] if change < -MARGIN else []
    if record:
        Path(table).write_text("".join(f"{name}\t{instructions}\n" for name, instructions in now.items()))
    elif risen:
        sys.exit(f"more instructions than before: {', '.join(risen)}")
    elif fallen or now.keys() != recorded.keys():
        print("fewer instructions than before: record them with `make bench-guard RECORD=1`")


if __name__ == "__main__":
    main(*sys.argv[1:])
