"""Asks a Prometheus that scrapes the gateway every query of the rules and of the dashboard.

    observe.py PROMETHEUS GATEWAY DEPLOY
"""

import json
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

prometheus, gateway, deploy = sys.argv[1:]
PATIENCE = 60


def get(path, **query):
    with urllib.request.urlopen(f"{prometheus}{path}?{urllib.parse.urlencode(query)}") as answer:
        return json.load(answer)["data"]


def ask(query):
    try:
        return get("/api/v1/query", query=query)["result"]
    except urllib.error.HTTPError as error:
        sys.exit(f"observe: Prometheus does not understand {query}: {json.load(error)['error']}")


def work():
    """Something of each kind that is counted."""
    def send(path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(gateway + path, data, {"Content-Type": "application/json"})
        try:
            urllib.request.urlopen(request).read()
        except urllib.error.HTTPError as error:
            error.read()

    for _ in range(3):
        send("/graphql", {"query": "{ jobs(first: 5) { nodes { title } } }"})
        send("/graphql", {"query": "{ nonsense }"})
        send("/graphql", {"query": '{ node(id: "nonsense") { id } }'})
        send("/api/jobs")
    for _ in range(12):
        send("/login", {"email": "nobody@example.com", "password": "wrong password"})


def until(what, true):
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            sys.exit(f"observe: {what} took longer than {PATIENCE} s")
        work()
        time.sleep(1)


# A rate needs a series to be there at two scrapes, and to have grown between them.
until("the first rate", lambda: any(
    float(found["value"][1]) > 0 for found in ask("sum(rate(find_helper_http_errors_total[5m]))")))

with open(f"{deploy}/grafana/dashboard.json", encoding="utf-8") as file:
    panels = json.load(file)["panels"]
queries = [(f"panel “{panel['title']}”", target["expr"]) for panel in panels for target in panel["targets"]]
rules = [rule for group in get("/api/v1/rules")["groups"] for rule in group["rules"]]
for rule in rules:
    if rule["health"] not in ("ok", "unknown"):
        sys.exit(f"observe: {rule['name']}: {rule['lastError']}")
    # An alert that does not fire has no result: each metric of it is asked instead.
    queries += [(rule["name"], name) for name in re.findall(r"\b(?:find_helper_\w+|up)\b", rule["query"])]
    ask(rule["query"])

known = set(get("/api/v1/label/__name__/values"))
failures = []
for where, query in queries:
    names = set(re.findall(r"\b(?:find_helper|process)_\w+", query))
    unknown = names - known
    if unknown:
        failures.append(f"{where}: nobody exports {', '.join(sorted(unknown))}")
    elif not ask(query):
        failures.append(f"{where}: no data for {query}")
firing = [alert["labels"]["alertname"] for alert in get("/api/v1/alerts")["alerts"] if alert["state"] == "firing"]
if firing:
    failures.append(f"alerts of a gateway that is well: {', '.join(firing)}")
if failures:
    sys.exit("\n".join(failures))
print(f"observe: {len(queries)} queries answered, {len(rules)} alerts known and none firing, {len(known)} metrics")
