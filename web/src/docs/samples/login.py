import json
from urllib.request import Request, urlopen

credentials = {
    "email": "you@example.org",
    "password": "YOUR_PASSWORD",
}
request = Request(
    "https://gateway.example/login",
    data=json.dumps(credentials).encode(),
    headers={"Content-Type": "application/json"},
)
data = json.load(urlopen(request))["data"]
print(data["user"]["name"], data["token"], data["refresh_token"])
