import json
from urllib.request import Request, urlopen

query = """
  query ($city: String) {
    jobs(first: 1, filter: { city: $city }) {
      nodes { id title jobType estimatedAmount owner { name } }
    }
  }"""
request = Request(
    "https://gateway.example/graphql",
    data=json.dumps({"query": query, "variables": {"city": "台北市"}}).encode(),
    headers={"Content-Type": "application/json"},
)
answer = json.load(urlopen(request))
if "errors" in answer:
    raise SystemExit(answer["errors"][0]["message"])
for job in answer["data"]["jobs"]["nodes"]:
    print(job["id"], job["title"])
