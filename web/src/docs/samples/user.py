import json
from urllib.request import Request, urlopen

request = Request(
    "https://gateway.example/user",
    headers={"Authorization": "Bearer YOUR_TOKEN"},
)
data = json.load(urlopen(request))["data"]
print(data["name"], data["email"])
