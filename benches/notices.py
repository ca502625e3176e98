"""How soon people are told, and what that costs: one person changes jobs that another has applied to, so many times a
second, and the other hears of each by `noticeReceived`.

notices.py DATABASE GATEWAY PID [POSTMASTER]: two rows of Markdown, without changes that tell anybody and with them. A
time goes from the answer of a change, after its commit, until the socket has heard of it; who mails and how often is as
usual. The last column is the reader's list of 20 notices with their jobs and the unread count, one request after
another.
"""

import http.client
import json
import os
import struct
import sys
import threading
import time
from urllib.parse import urlsplit

from attacks import say
from beside import cpu
from listeners import upgrade

RATE = int(os.environ.get("NOTICES_RATE", "200"))
SECONDS = int(os.environ.get("NOTICES_SECONDS", "15"))
# So few that hardly two changes meet at one job.
JOBS, WRITERS = 64, 16
READER = {"email": "seed-000002@example.com", "password": "password123"}
JOB = {"title": "居家清潔", "jobType": "general", "city": "台北市", "address": "x", "estimatedAmount": 3000, "publish": True}
LIST = "{ viewer { notices(first: 20) { unreadCount nodes { id kind createdAt job { id title status } } } } }"
HEAR = "subscription { noticeReceived { notice { id } } }"


def main(database, gateway, process, postmaster=None):
    url = urlsplit(gateway)
    target = (url.hostname, url.port)
    token = ask(http.client.HTTPConnection(*target), "/login", READER, {})["data"]["token"]
    reader = {"Authorization": f"Bearer {token}"}
    for told in (False, True):
        jobs = [posted(target, reader if told else None) for _ in range(JOBS)]
        heard = Heard(target, reader)
        time.sleep(1)
        before, start = cpu(process, postmaster), time.perf_counter()
        answered = changed(target, jobs)
        lags = heard.since(answered) if told else []
        took, used = time.perf_counter() - start, cpu(process, postmaster) - before
        rate = len(answered) / (max(answered) - start)
        times = f"{spread(lags)} / {lags[-1]:.0f}" if told else "–"
        listed = spread(listing(target, reader)) if told else "–"
        told = "told" if told else "nobody is told"
        print(f"| {database} | {told} | {rate:.0f} | {times} | {used / took:.2f} | {listed} |")


def spread(times):
    """The median and the 99th percentile."""
    return f"{times[len(times) // 2]:.1f} / {times[len(times) * 99 // 100]:.1f}"


def listing(target, reader):
    """Milliseconds of requests for the list, the shortest first."""
    connection, times = http.client.HTTPConnection(*target), []
    for _ in range(300):
        start = time.perf_counter()
        ask(connection, "/graphql", {"query": LIST}, reader)
        times.append((time.perf_counter() - start) * 1_000)
    return sorted(times)


def ask(connection, path, body, headers):
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json", **headers})
    response = connection.getresponse()
    answer = response.read()
    if response.status >= 300 or b'"errors":' in answer:
        sys.exit(f"{path}: {answer.decode()[:500]}")
    return json.loads(answer)


def key():
    return {"X-API-Key": os.environ["BENCH_KEY"], "X-API-Secret": os.environ["BENCH_SECRET"]}


def mutate(connection, mutation, fields, variables, headers):
    kind = mutation[0].upper() + mutation[1:]
    document = f"mutation($input: {kind}Input!) {{ {mutation}(input: $input) {{ {fields} }} }}"
    body = {"query": document, "variables": {"input": variables}}
    return ask(connection, "/graphql", body, headers)["data"][mutation]


def posted(target, reader):
    """A job, to which the reader has applied if there is one."""
    connection = http.client.HTTPConnection(*target)
    job = mutate(connection, "createJob", "job { id }", JOB, key())["job"]["id"]
    if reader:
        mutate(connection, "applyToJob", "application { id }", {"jobId": job}, reader)
    return job


def changed(target, jobs):
    """Changes jobs at the rate; the moments of the answers."""
    answered, start = [], time.perf_counter()

    def write(writer):
        connection = http.client.HTTPConnection(*target)
        for number in range(writer, RATE * SECONDS, WRITERS):
            time.sleep(max(0, start + number / RATE - time.perf_counter()))
            change = {"id": jobs[number % JOBS], "estimatedAmount": 1_000 + number}
            mutate(connection, "updateJob", "job { id }", change, key())
            answered.append(time.perf_counter())

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return answered


class Heard:
    """The moments at which a person hears of notices."""

    def __init__(self, target, reader):
        self.stream, self.times, self.rest = upgrade(target, reader), [], b""
        say(self.stream, {"id": "1", "type": "subscribe", "payload": {"query": HEAR}})
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while more := self.stream.recv(65_536):
            self.rest += more
            while frame := self.frame():
                if b'"next"' in frame:
                    self.times.append(time.perf_counter())

    def frame(self):
        """The next whole frame; servers do not mask theirs."""
        if len(self.rest) < 4:
            return None
        length, begin = self.rest[1], 2
        if length == 126:
            length, begin = struct.unpack("!H", self.rest[2:4])[0], 4
        if len(self.rest) < begin + length:
            return None
        frame, self.rest = self.rest[begin : begin + length], self.rest[begin + length :]
        return frame or b" "

    def since(self, answered):
        """Milliseconds from the answers until they were heard of, both in order of time."""
        end = time.perf_counter() + 30
        while len(self.times) < len(answered) and time.perf_counter() < end:
            time.sleep(0.05)
        if len(self.times) != len(answered):
            sys.exit(f"{len(self.times)} notices of {len(answered)} changes")
        return sorted((heard - told) * 1_000 for told, heard in zip(sorted(answered), self.times))


if __name__ == "__main__":
    main(*sys.argv[1:])
