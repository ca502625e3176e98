import json
from urllib.request import Request, urlopen

session = {
    "refresh_token": "YOUR_REFRESH_TOKEN",
}
request = Request(
    "https://gateway.example/refresh",
    data=json.dumps(session).encode(),
    headers={"Content-Type": "application/json"},
)
data = json.load(urlopen(request))["data"]
print(data["token"], data["expires_in"])
