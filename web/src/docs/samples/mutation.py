import json
from urllib.request import Request, urlopen

query = """
  mutation ($input: CreateJobInput!) {
    createJob(input: $input) { job { id title status } }
  }"""
job = {
    "title": "搬家小幫手",
    "jobType": "moving",
    "city": "台北市",
    "address": "信義路五段 7 號",
    "estimatedAmount": 1200,
    "publish": True,
}
request = Request(
    "https://gateway.example/graphql",
    data=json.dumps({"query": query, "variables": {"input": job}}).encode(),
    headers={
        "X-API-Key": "YOUR_API_KEY",
        "X-API-Secret": "YOUR_API_SECRET",
        "Content-Type": "application/json",
    },
)
answer = json.load(urlopen(request))
if "errors" in answer:
    raise SystemExit(answer["errors"][0]["message"])
job = answer["data"]["createJob"]["job"]
print(job["id"], job["status"])
