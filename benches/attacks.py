"""What one network can do to a gateway: each attack runs from one address until it is told to end."""

import base64
import http.client
import json
import os
import socket
import struct
import threading
import time

FILTER = '{minAmount: 1, maxAmount: 9999999, createdFrom: "2000-01-01T00:00:00Z"}'


def aliased(field, count=15):
    return "{ %s }" % " ".join(f"a{n}: {field}" for n in range(count))


# The dearest documents that the gate admits: what the database may have to read, and what is sent.
DEAR = [
    aliased(f"jobs(first: 1, filter: {FILTER}) {{ totalCount }}"),
    aliased('jobs(first: 100, filter: {city: "x", jobType: "y"}) { totalCount nodes { id } }', 4),
    "{ jobs(first: 100) { nodes { owner { jobs(first: 4) { totalCount nodes { id } } } } } }",
]
LARGE = aliased("jobs(first: 100) { nodes { id title description address owner { name } } }", 10)
NEVER = "subscription { jobPublished(filter: {minAmount: %d}) { job { id } } }"


class Attack:
    """Threads from one address; what they meet is counted and does not stop them."""

    def __init__(self, gateway, address):
        self.gateway, self.address = gateway, address
        self.over, self.answers = threading.Event(), {}
        self.threads = []

    def start(self, work, *arguments):
        def run():
            while not self.over.is_set():
                try:
                    work(*arguments)
                except OSError:
                    self.count("broken")
                    self.over.wait(0.05)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        self.threads.append(thread)

    def count(self, what):
        self.answers[what] = self.answers.get(what, 0) + 1

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join(2)

    def connect(self):
        return socket.create_connection(self.gateway, 10, (self.address, 0))

    def posts(self, path, bodies, address=None):
        """One request after the other on one connection."""
        source = (address or self.address, 0)
        connection = http.client.HTTPConnection(*self.gateway, 30, source_address=source)
        try:
            for body in bodies:
                connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
                response = connection.getresponse()
                response.read()
                self.count(response.status)
                if self.over.is_set():
                    return
        finally:
            connection.close()


def nobody(attack):
    """Nothing, to compare with."""


def dear(attack):
    """Documents that cost as much as is allowed, on eight connections."""
    for first in range(8):
        attack.start(attack.posts, "/graphql", [{"query": DEAR[(first + n) % len(DEAR)]} for n in range(60)])


def crowd(attack):
    """The same from eight networks at once."""
    for number in range(8):
        bodies = [{"query": DEAR[(number + n) % len(DEAR)]} for n in range(60)]
        attack.start(attack.posts, "/graphql", bodies, f"127.0.2.{number + 1}")


def logins(attack):
    """Wrong passwords on fifty connections."""
    guess = {"email": "seed-000001@example.com", "password": "a wrong password"}
    for _ in range(50):
        attack.start(attack.posts, "/login", [guess] * 100)


def bodies(attack):
    """A hundred connections that send most of a body and no end."""

    def body():
        with attack.connect() as stream:
            head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 65536\r\n\r\n"
            stream.sendall(head.encode() + b'{"query":"' + b"x" * 65_000)
            stream.settimeout(1)
            while not attack.over.is_set():
                try:
                    if not stream.recv(4_096):
                        return attack.count("closed")
                except TimeoutError:
                    pass

    for _ in range(100):
        attack.start(body)


def streams(attack):
    """A hundred HTTP/2 streams of large answers, each read at 6 KiB a second."""
    attack.start(slow_streams, attack, 100, 6 * 1_024)


def subscriptions(attack):
    """980 subscriptions, on 49 sockets, to jobs that nobody posts."""
    for number in range(49):
        attack.start(subscribed, attack, number * 20)


def subscribed(attack, first):
    with attack.connect() as stream:
        key = base64.b64encode(os.urandom(16)).decode()
        stream.sendall(
            f"GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            f"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
        )
        say(stream, {"type": "connection_init"})
        stream.settimeout(1)
        said = False
        while not attack.over.is_set():
            try:
                heard = stream.recv(65_536)
            except TimeoutError:
                continue
            if not heard:
                return attack.count("closed")
            if b"connection_ack" in heard and not said:
                said = True
                for number in range(first, first + 20):
                    payload = {"query": NEVER % (9_000_000 + number)}
                    say(stream, {"id": str(number), "type": "subscribe", "payload": payload})
                attack.count("subscribed")
            if heard[0] == 0x89:  # Ping: an empty pong.
                stream.sendall(b"\x8a\x80" + os.urandom(4))
        time.sleep(0.1)


def say(stream, message):
    """A masked text frame."""
    text = json.dumps(message).encode()
    mask = os.urandom(4)
    masked = bytes(byte ^ mask[n % 4] for n, byte in enumerate(text))
    length = struct.pack("!B", 0x80 | len(text)) if len(text) < 126 else struct.pack("!BH", 0xFE, len(text))
    stream.sendall(b"\x81" + length + mask + masked)


def slow_streams(attack, count, pace):
    body = json.dumps({"query": LARGE}).encode()
    with attack.connect() as stream:
        stream.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        # The window that each stream begins with.
        stream.sendall(frame(4, 0, 0, struct.pack("!HI", 4, pace)))
        stream.sendall(frame(8, 0, 0, struct.pack("!I", 1 << 30)))
        for number in range(count):
            identifier = 2 * number + 1
            stream.sendall(frame(1, 4, identifier, headers(attack, len(body))))
            stream.sendall(frame(0, 1, identifier, body))
        attack.count("opened")
        stream.settimeout(0.2)
        paid = time.monotonic()
        while not attack.over.is_set():
            try:
                if not stream.recv(1 << 20):
                    return attack.count("closed")
            except TimeoutError:
                pass
            if time.monotonic() - paid >= 1:
                paid += 1
                for number in range(count):
                    stream.sendall(frame(8, 0, 2 * number + 1, struct.pack("!I", pace)))


def frame(kind, flags, stream, payload):
    return struct.pack("!I", len(payload))[1:] + struct.pack("!BBI", kind, flags, stream) + payload


def headers(attack, length):
    """Literal fields that nothing remembers."""
    fields = [
        (":method", "POST"),
        (":scheme", "http"),
        (":authority", "%s:%d" % attack.gateway),
        (":path", "/graphql"),
        ("content-type", "application/json"),
        ("content-length", str(length)),
    ]
    literal = lambda text: bytes([len(text)]) + text.encode()
    return b"".join(b"\0" + literal(name) + literal(value) for name, value in fields)


ATTACKS = [nobody, dear, crowd, streams, subscriptions, logins, bodies]
