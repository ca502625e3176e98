"""How others fare beside an attacker: a page for visitors while one other network does its worst.

beside.py DATABASE GATEWAY PID [POSTMASTER]: a row of Markdown for each attack. Each visitor has an
address of their own, so that limits hold the attacker alone.
"""

import http.client
import json
import os
import sys
import threading
import time
from itertools import count
from urllib.parse import urlsplit

from attacks import ATTACKS, Attack

PAGE = {"query": "{ jobs(first: 5) { nodes { id title owner { name } } } }"}
JOB = {"title": "居家清潔", "jobType": "general", "city": "台北市", "address": "x", "estimatedAmount": 3000}
SECONDS = float(os.environ.get("BESIDE_SECONDS", "15"))
# What the other side of a loopback is called from: 127.1.0.1 and so on.
visitors = (f"127.1.{number // 250}.{number % 250 + 1}" for number in count())


def main(database, gateway, process, postmaster=None):
    url = urlsplit(gateway)
    target = (url.hostname, url.port)
    wanted = os.environ.get("BESIDE", " ".join(attack.__name__ for attack in ATTACKS)).split()
    for number, attack in enumerate(ATTACKS, 1):
        if attack.__name__ in wanted:
            print(row(database, attack, target, f"127.0.1.{number}", process, postmaster), flush=True)


def row(database, begin, target, address, process, postmaster):
    attack = Attack(target, address)
    begin(attack)
    time.sleep(2)
    seen = Seen(process)
    before, start = cpu(process, postmaster), time.monotonic()
    publisher = threading.Thread(target=publish, args=(target, seen), daemon=True)
    publisher.start()
    while time.monotonic() - start < SECONDS:
        visit(target, seen)
        time.sleep(0.05)
    used = (cpu(process, postmaster) - before) / (time.monotonic() - start)
    seen.over.set()
    attack.end()
    met = ", ".join(f"{answer}: {times}" for answer, times in sorted(attack.answers.items(), key=str))
    p50, p95 = seen.percentile(50), seen.percentile(95)
    return (
        f"| {database} | {begin.__name__} | {p50:.1f} / {p95:.1f} | {seen.refused} of {len(seen.times)} "
        f"| {seen.failed} | {seen.anonymous:.0f} | {used * 100:.0f} % | {met} |"
    )


class Seen:
    """What visitors met, and how much memory the gateway took meanwhile."""

    def __init__(self, process):
        self.times, self.refused, self.failed, self.anonymous = [], 0, 0, 0
        self.process, self.over = process, threading.Event()

    def percentile(self, percent):
        return sorted(self.times)[min(len(self.times) - 1, len(self.times) * percent // 100)] * 1_000

    def look_at_memory(self):
        with open(f"/proc/{self.process}/status") as status:
            for line in status:
                if line.startswith("RssAnon:"):
                    self.anonymous = max(self.anonymous, int(line.split()[1]) / 1_024)


def visit(target, seen):
    start = time.monotonic()
    try:
        connection = http.client.HTTPConnection(*target, 30, source_address=(next(visitors), 0))
        connection.request("POST", "/graphql", json.dumps(PAGE), {"Content-Type": "application/json"})
        response = connection.getresponse()
        answer = response.read()
        # GraphQL tells it within an answer of 200 as well.
        unavailable = response.status == 503 or b"SERVICE_UNAVAILABLE" in answer
        seen.refused += unavailable
        seen.failed += not unavailable and (response.status != 200 or b'"nodes"' not in answer)
        connection.close()
    except OSError:
        seen.failed += 1
    seen.times.append(time.monotonic() - start)
    seen.look_at_memory()


def publish(target, seen):
    """Somebody posts a job a second, as often as a key may."""
    key = {"X-API-Key": os.environ["BENCH_KEY"], "X-API-Secret": os.environ["BENCH_SECRET"]}
    while not seen.over.wait(1):
        try:
            connection = http.client.HTTPConnection(*target, 10)
            connection.request("POST", "/api/jobs", json.dumps(JOB), {"Content-Type": "application/json", **key})
            connection.getresponse().read()
            connection.close()
        except OSError:
            seen.failed += 1


def cpu(process, postmaster):
    """Seconds of the gateway, and of PostgreSQL with all its processes, ended ones too."""
    ticks = 0
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        own, ended = int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
        if entry == process or (postmaster and fields[1] == postmaster):
            ticks += own
        elif entry == postmaster:
            ticks += own + ended
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(*sys.argv[1:])
