import json
from urllib.request import Request, urlopen

query = "{ jobs(first: 2) { nodes { id title city estimatedAmount } } }"
request = Request(
    "https://gateway.example/graphql",
    data=json.dumps({"query": query}).encode(),
    headers={"Content-Type": "application/json"},
)
for job in json.load(urlopen(request))["data"]["jobs"]["nodes"]:
    print(job["id"], job["title"])
