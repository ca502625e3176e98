"""People and API keys for the tests, made through the gateway as anybody would make them."""

import email
import email.policy
import os
import re
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests

GATEWAY = os.environ["GATEWAY_URL"]
ENDPOINT = f"{GATEWAY}/graphql"
MAILS = Path(os.environ["GATEWAY_MAILS"])
PASSWORD = "securePassword123"


@dataclass
class Member:
    id: str
    email: str
    headers: dict


def unique_email():
    return f"{uuid.uuid4()}@example.org"


def ask(query, variables=None, headers=None):
    """One GraphQL request without a library; for preparing, where only success makes sense."""
    body = {"query": query, "variables": variables or {}}
    answer = requests.post(ENDPOINT, json=body, headers=headers).json()
    assert "errors" not in answer, answer
    return answer["data"]


def member(name="張三"):
    """A person who is registered, has followed the link in the mail and is signed in."""
    address = unique_email()
    account = {"name": name, "email": address, "password": PASSWORD}
    requests.post(f"{GATEWAY}/register", json=account).raise_for_status()
    requests.get(verification_link(address)).raise_for_status()
    answer = requests.post(f"{GATEWAY}/login", json={"email": address, "password": PASSWORD})
    session = answer.json()["data"]
    headers = {"Authorization": f"Bearer {session['token']}"}
    return Member(session["user"]["id"], address, headers)


def api_key(owner, scopes=("JOBS_READ", "JOBS_WRITE")):
    """The headers that act as this member through an API key."""
    data = ask(
        """mutation ($input: CreateApiKeyInput!) {
          createApiKey(input: $input) { secret apiKey { key } }
        }""",
        {"input": {"name": "client", "scopes": scopes}},
        owner.headers,
    )
    made = data["createApiKey"]
    return {"X-API-Key": made["apiKey"]["key"], "X-API-Secret": made["secret"]}


def job_input(**changes):
    """What `createJob` takes, published at once."""
    job = {
        "title": "居家清潔",
        "jobType": "general",
        "city": "台北市",
        "address": "台北市信義區信義路五段7號",
        "estimatedAmount": 3000,
        "publish": True,
    }
    return job | changes


def verification_link(address):
    """The link in the mail to a new account, with the gateway's real port."""
    text = mail_to(address).get_body("plain").get_content()
    link = urlsplit(re.search(r"http\S+/verify\?\S+", text)[0])
    return f"{GATEWAY}{link.path}?{link.query}"


def mail_to(address):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for file in MAILS.glob("[!.]*.eml"):
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if mail["To"] == address:
                return mail
        time.sleep(0.01)
    raise TimeoutError(f"no mail to {address} came")
