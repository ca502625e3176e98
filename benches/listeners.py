"""How long one event takes to many listeners: sockets of visitors, each subscribed to published jobs.

listeners.py DATABASE GATEWAY PID COUNT: a row of Markdown. A time goes from the answer of the mutation to
the last listener; one thread reads all sockets, which is part of it.
"""

import base64
import http.client
import json
import os
import select
import socket
import statistics
import sys
import time
from urllib.parse import urlsplit

from attacks import say

EVENTS = int(os.environ.get("LISTENERS_EVENTS", "15"))
# As many sockets as one address may have, from 127.2.0.1, 127.2.0.2 and so on.
PER_ADDRESS = 50
QUERY = "subscription { jobPublished { job { id title city } } }"
JOB = {"title": "居家清潔", "jobType": "general", "city": "台北市", "address": "x", "estimatedAmount": 3000}
PONG = b"\x8a\x80\0\0\0\0"


def main(database, gateway, process, count):
    url = urlsplit(gateway)
    target = (url.hostname, url.port)
    listeners = [listen(target, number) for number in range(int(count))]
    told = Told(listeners)
    publisher = http.client.HTTPConnection(*target)
    # Subscribing is not acknowledged: whoever missed the first event was not there yet.
    missing = set(listeners)
    while missing:
        publish(publisher)
        missing -= told.wait(missing, 5)
    told.wait(set(), 1)
    idle = most = anonymous(process)
    times = []
    for _ in range(EVENTS):
        answered = publish(publisher)
        heard = told.wait(set(listeners), 10)
        times.append((time.perf_counter() - answered) * 1_000)
        if len(heard) < len(listeners):
            sys.exit(f"only {len(heard)} of {len(listeners)} were told")
        most = max(most, anonymous(process))
        told.wait(set(), 0.5)
    print(f"| {database} | {count} | {statistics.median(times):.0f} / {max(times):.0f} | {idle:.0f} / {most:.0f} |")


def listen(target, number):
    """A socket that is subscribed."""
    address = number // PER_ADDRESS
    stream = upgrade(target, None, (f"127.2.{address // 250}.{address % 250 + 1}", 0))
    say(stream, {"id": "1", "type": "subscribe", "payload": {"query": QUERY}})
    stream.setblocking(False)
    return stream


def upgrade(target, credentials, source=None):
    """A socket that the gateway has acknowledged."""
    stream = socket.create_connection(target, 10, source)
    key = base64.b64encode(os.urandom(16)).decode()
    stream.sendall(
        f"GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
        f"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
    )
    until(stream, b"\r\n\r\n")
    say(stream, {"type": "connection_init", **({"payload": credentials} if credentials else {})})
    until(stream, b"connection_ack")
    stream.settimeout(None)
    return stream


def until(stream, wanted):
    heard = b""
    while wanted not in heard:
        more = stream.recv(4_096)
        if not more:
            sys.exit(f"a listener is refused: {heard}")
        heard += more


class Told:
    """Who has been told of an event."""

    def __init__(self, listeners):
        self.of = {stream.fileno(): stream for stream in listeners}
        self.poll = select.epoll()
        for number in self.of:
            self.poll.register(number, select.EPOLLIN)

    def wait(self, wanted, seconds):
        """Those of the wanted who hear of an event before the time is up; nobody: all of the time."""
        heard, end = set(), time.perf_counter() + seconds
        while (not wanted or len(heard) < len(wanted)) and (left := end - time.perf_counter()) > 0:
            for number, _ in self.poll.poll(left, 512):
                stream = self.of[number]
                message = stream.recv(65_536)
                if not message:
                    sys.exit("a listener was disconnected")
                if message[0] == 0x89:
                    stream.sendall(PONG)
                if b'"next"' in message and stream in wanted:
                    heard.add(stream)
        return heard


def publish(publisher):
    """Somebody posts a job; the moment of the answer."""
    key = {"X-API-Key": os.environ["BENCH_KEY"], "X-API-Secret": os.environ["BENCH_SECRET"]}
    publisher.request("POST", "/api/jobs", json.dumps(JOB), {"Content-Type": "application/json", **key})
    response = publisher.getresponse()
    answered, body = time.perf_counter(), response.read()
    if response.status >= 300:
        sys.exit(f"posting a job: {body}")
    return answered


def anonymous(process):
    """Megabytes of anonymous memory."""
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon:")) / 1_024


if __name__ == "__main__":
    main(*sys.argv[1:])
