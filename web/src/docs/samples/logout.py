import json
from urllib.request import Request, urlopen

request = Request(
    "https://gateway.example/logout",
    headers={"Authorization": "Bearer YOUR_TOKEN"},
    method="POST",
)
answer = json.load(urlopen(request))
print(answer["success"], answer["message"])
