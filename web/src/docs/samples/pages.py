import json
from urllib.request import Request, urlopen

query = """
  query ($after: String) {
    jobs(first: 20, after: $after) {
      nodes { id title }
      pageInfo { hasNextPage endCursor }
    }
  }"""


def all_jobs():
    after = None
    while True:
        request = Request(
            "https://gateway.example/graphql",
            data=json.dumps({"query": query, "variables": {"after": after}}).encode(),
            headers={"Content-Type": "application/json"},
        )
        jobs = json.load(urlopen(request))["data"]["jobs"]
        yield from jobs["nodes"]
        if not jobs["pageInfo"]["hasNextPage"]:
            return
        after = jobs["pageInfo"]["endCursor"]


for job in all_jobs():
    print(job["id"], job["title"])
