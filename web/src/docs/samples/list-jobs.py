import json
from urllib.parse import urlencode
from urllib.request import Request, urlopen

query = urlencode({"city": "台北市", "limit": 1})
request = Request(
    f"https://gateway.example/api/jobs?{query}",
    headers={
        "X-API-Key": "YOUR_API_KEY",
        "X-API-Secret": "YOUR_API_SECRET",
    },
)
answer = json.load(urlopen(request))
for job in answer["data"]:
    print(job["id"], job["title"], job["status"])
pagination = answer["pagination"]
print(f"More after {pagination['nextCursor']}" if pagination["hasMore"] else "That is all.")
