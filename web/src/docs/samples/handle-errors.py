import json
import time
from urllib.error import HTTPError
from urllib.request import Request, urlopen


def api(path):
    request = Request(
        f"https://gateway.example{path}",
        headers={
            "X-API-Key": "YOUR_API_KEY",
            "X-API-Secret": "YOUR_API_SECRET",
        },
    )
    while True:
        try:
            with urlopen(request) as response:
                return json.load(response)["data"], response.headers["X-RateLimit-Remaining"]
        except HTTPError as answer:
            if "Retry-After" in answer.headers:
                time.sleep(int(answer.headers["Retry-After"]))
                continue
            error = json.load(answer)["error"]
            raise RuntimeError(f"{error['code']}: {error['message']}") from None


try:
    _, left = api("/api/jobs?limit=1")
    print(f"{left} requests left in this minute")
    api("/api/jobs/999999999")
except RuntimeError as error:
    print(error)
