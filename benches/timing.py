#!/usr/bin/env python3
"""How long refused sign-ins take, by what is behind the address; prints distributions, asserts nothing.

Runs beside a gateway of tests/gateway.sh (GATEWAY_URL), with limits out of the way; `make
bench-timing` does all of that. SAMPLES are taken of each kind, in turns, over one connection. Welch's
t compares each kind with unknown addresses: beyond 4.5 or so a guesser could tell them apart with as
many samples.
"""

import http.client
import json
import math
import os
import statistics
import time
import urllib.parse

SAMPLES = int(os.environ.get("SAMPLES", "500"))
WRONG = "wrong password of nobody"
# An account bears ten guesses before it is held up, so each is asked for this often.
GUESSES = 8

url = urllib.parse.urlsplit(os.environ["GATEWAY_URL"])
gateway = http.client.HTTPConnection(url.hostname, url.port)


def post(path, body):
    """Status, body and milliseconds of a request."""
    body = json.dumps(body)
    begin = time.perf_counter_ns()
    gateway.request("POST", path, body, {"Content-Type": "application/json"})
    answer = gateway.getresponse()
    text = answer.read()
    return answer.status, text, (time.perf_counter_ns() - begin) / 1e6


def login(email):
    return post("/login", {"email": email, "password": WRONG})


def people(count):
    """Confirmed accounts of the seed."""
    return [f"seed-{number:06}@example.com" for number in range(1, count + 1)]


def unverified(count):
    """Accounts that nobody has confirmed."""
    emails = [f"new-{number}@example.com" for number in range(count)]
    for email in emails:
        status, text, _ = post(
            "/register", {"name": "新人", "email": email, "password": "correct horse battery"}
        )
        assert status == 200, text
    return emails


def locked(email):
    """The account of an address after too many guesses."""
    for _ in range(12):
        login(email)
    return email


def welch(one, other):
    spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    return (statistics.mean(one) - statistics.mean(other)) / math.sqrt(spread)


def main():
    accounts = math.ceil(SAMPLES / GUESSES) + 1
    *known, held = people(accounts)
    new = unverified(accounts - 1)
    kinds = {
        "unknown": lambda n: f"nobody-{n}@example.com",
        "known": lambda n: known[n % len(known)],
        "unverified": lambda n: new[n % len(new)],
        "locked": lambda n: locked(held) if n == 0 else held,
    }
    times = {kind: [] for kind in kinds}
    answers = set()
    for number in range(SAMPLES):
        for kind, email in kinds.items():
            status, text, took = login(email(number))
            answers.add((status, text))
            times[kind].append(took)
    print(f"{SAMPLES} samples of each kind, in milliseconds; {len(answers)} kind(s) of answers")
    print(f"{'':12}{'median':>9}{'p5':>9}{'p95':>9}{'mean':>9}{'stdev':>9}{'Welch t':>9}")
    for kind, taken in times.items():
        cuts = statistics.quantiles(taken, n=20)
        columns = [
            statistics.median(taken), cuts[0], cuts[-1], statistics.mean(taken),
            statistics.stdev(taken), welch(taken, times["unknown"]),
        ]
        print(f"{kind:12}" + "".join(f"{value:9.3f}" for value in columns))


if __name__ == "__main__":
    main()
