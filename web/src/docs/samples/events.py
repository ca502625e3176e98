import json
from urllib.request import Request, urlopen

query = "subscription { jobPublished { cursor job { id title city } } }"
request = Request(
    "https://gateway.example/graphql",
    data=json.dumps({"query": query}).encode(),
    headers={"Accept": "text/event-stream", "Content-Type": "application/json"},
)
with urlopen(request) as stream:
    for line in stream:
        if line.startswith(b"data: {"):
            job = json.loads(line[6:])["data"]["jobPublished"]["job"]
            print(job["id"], job["title"], job["city"], flush=True)
