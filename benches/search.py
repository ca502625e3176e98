"""How long searches take, one after the other on one connection, as a visitor.

search.py DATABASE GATEWAY: rows of Markdown. A time is that of the whole request; every question is asked
with and without a city and a type, from the first page on, and its last column is the page behind 1,000 hits.
A first round, in which connections prepare their statements, is not counted.
"""

import http.client
import json
import statistics
import sys
import time
from urllib.parse import urlsplit

QUESTIONS = {
    "frequent": ["清潔", "搬家", "請", "需要", "家", "安裝", "1", "小時 需要"],
    "of four and more characters": ["居家清潔", "需要有人", "資料建檔", "照顧長輩", "以上經驗"],
    "rare": ["限量甜點", "點心 站立", "衣櫃與書桌", "3樓 沒有電梯", "wif", "家裡 機 學"],
    "unknown": ["鯨鯊", "zzyzx", "麒麟搬家", "清潔 鯨鯊", "家清潔家"],
}
NARROWED = [{}, {"city": "台北市"}, {"city": "連江縣"}, {"jobType": "pet"}, {"city": "高雄", "jobType": "moving"}]
QUERY = """query($filter: JobFilter, $after: String) { jobs(filter: $filter, first: 20, after: $after) {
  nodes { id title city estimatedAmount owner { id name } } pageInfo { hasNextPage endCursor } } }"""
ROUNDS = 5
DEEP = 50


def main(database, gateway):
    url = urlsplit(gateway)
    connection = http.client.HTTPConnection(url.hostname, url.port)
    for kind, questions in QUESTIONS.items():
        asked = [{"search": words, **narrowed} for words in questions for narrowed in NARROWED]
        for filter in asked:
            ask(connection, filter)
        first = [ask(connection, filter) for _ in range(ROUNDS) for filter in asked]
        times = sorted(seconds for seconds, _ in first)
        deep = [deepest(connection, {"search": words}) for words in questions]
        deep = [seconds for seconds in deep if seconds is not None]
        last = f"{max(deep) * 1e3:.1f}" if deep else "–"
        p50, p99 = statistics.median(times), times[int(len(times) * 0.99)]
        print(f"| {database} | {kind} | {p50 * 1e3:.1f} / {p99 * 1e3:.1f} | {times[-1] * 1e3:.1f} | {last} |")


def ask(connection, filter, after=None):
    body = json.dumps({"query": QUERY, "variables": {"filter": filter, "after": after}})
    begun = time.perf_counter()
    connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    seconds = time.perf_counter() - begun
    if "errors" in answer:
        sys.exit(f"{filter}: {answer['errors']}")
    return seconds, answer["data"]["jobs"]["pageInfo"]


def deepest(connection, filter):
    """The time of the page behind 1,000 hits; None if there are fewer."""
    after = None
    for _ in range(DEEP):
        _, page = ask(connection, filter, after)
        if not page["hasNextPage"]:
            return None
        after = page["endCursor"]
    return ask(connection, filter, after)[0]


if __name__ == "__main__":
    main(*sys.argv[1:])
