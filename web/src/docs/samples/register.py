import json
from urllib.request import Request, urlopen

account = {
    "name": "王小美",
    "email": "you@example.org",
    "password": "YOUR_PASSWORD",
}
request = Request(
    "https://gateway.example/register",
    data=json.dumps(account).encode(),
    headers={"Content-Type": "application/json"},
)
answer = json.load(urlopen(request))
print(answer["success"], answer["message"])
