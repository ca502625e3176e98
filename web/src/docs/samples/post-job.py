import json
from urllib.request import Request, urlopen

job = {
    "title": "搬家小幫手",
    "jobType": "moving",
    "city": "台北市",
    "address": "信義路五段 7 號",
    "estimatedAmount": 1200,
}
request = Request(
    "https://gateway.example/api/jobs",
    data=json.dumps(job).encode(),
    headers={
        "X-API-Key": "YOUR_API_KEY",
        "X-API-Secret": "YOUR_API_SECRET",
        "Content-Type": "application/json",
    },
)
with urlopen(request) as response:
    data = json.load(response)["data"]
    print(response.status, data["id"], data["title"])
