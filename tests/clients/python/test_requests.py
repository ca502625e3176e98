"""The documented Python sample, and the auth API's session as a Python program has it."""

import requests
from support import GATEWAY, PASSWORD, api_key, ask, job_input, member, unique_email, verification_link


def test_the_documented_sample_prints_the_jobs_of_a_city(capsys):
    owner = member()
    post(owner, title="遛狗")
    headers = api_key(owner)

    response = requests.get(
        f"{GATEWAY}/api/jobs",
        headers=headers,
        params={'city': '台北市'}
    )

    print(response.json())
    assert "'title': '遛狗'" in capsys.readouterr().out
    assert {job["city"] for job in response.json()["data"]} <= {"台北市", "臺北市"}


def test_filters_narrow_the_list_and_an_empty_one_does_not():
    owner = member()
    city = f"城{owner.id}"
    post(owner, city=city, jobType="pet", title="遛狗")
    post(owner, city=city, jobType="moving", title="搬家")
    key = api_key(owner)

    def titles(**params):
        answer = requests.get(f"{GATEWAY}/api/jobs", headers=key, params={"city": city, **params})
        return [job["title"] for job in answer.json()["data"]]

    assert titles(jobType="pet") == ["遛狗"]
    assert titles(jobType="", status="published") == ["搬家", "遛狗"]
    assert titles(status="draft") == []


def test_a_key_posts_a_job_and_reads_it_by_its_number():
    key = api_key(member())
    job = {name: value for name, value in job_input().items() if name != "publish"}

    posted = requests.post(f"{GATEWAY}/api/jobs", headers=key, json=job)
    read = requests.get(f"{GATEWAY}/api/jobs/{posted.json()['data']['id']}", headers=key)

    assert posted.status_code == 201
    assert posted.json()["data"].items() <= read.json()["data"].items()
    assert read.json()["data"]["address"] == job["address"]


def test_the_auth_api_carries_a_session_from_registration_to_the_end():
    address = unique_email()
    account = {"fullName": "張三", "email": address, "password": PASSWORD}
    registered = requests.post(f"{GATEWAY}/register", json=account).json()
    assert registered["message"] == "註冊成功,請檢查您的電子郵件以驗證帳戶"

    early = requests.post(f"{GATEWAY}/login", json={"email": address, "password": PASSWORD})
    assert (early.status_code, early.json()["error_code"]) == (403, "EMAIL_NOT_VERIFIED")
    assert requests.get(verification_link(address)).json()["message"] == "Email 驗證成功"

    session = requests.Session()
    login = session.post(f"{GATEWAY}/login", json={"email": address, "password": PASSWORD}).json()
    session.headers["Authorization"] = f"Bearer {login['data']['token']}"
    user = session.get(f"{GATEWAY}/user").json()["data"]
    assert user["id"] == registered["data"]["user_id"] == login["data"]["user"]["id"]

    refresh = {"refresh_token": login["data"]["refresh_token"]}
    assert session.post(f"{GATEWAY}/refresh", json=refresh).json()["message"] == "Token 刷新成功"
    assert session.post(f"{GATEWAY}/logout").json() == {"success": True, "message": "登出成功"}
    assert session.get(f"{GATEWAY}/user").status_code == 401


def test_errors_of_the_auth_api_have_the_documented_form():
    answer = requests.post(f"{GATEWAY}/login", json={"email": unique_email(), "password": PASSWORD})
    assert answer.status_code == 401
    assert list(answer.json()) == ["success", "message", "error_code"]
    assert answer.json()["error_code"] == "INVALID_CREDENTIALS"

    account = {"name": "張三", "email": member().email, "password": PASSWORD}
    answer = requests.post(f"{GATEWAY}/register", json=account)
    assert (answer.status_code, answer.json()["error_code"]) == (409, "EMAIL_EXISTS")

    answer = requests.post(f"{GATEWAY}/register", json={"email": "nowhere"})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "INVALID_REQUEST")


def test_every_answer_tells_how_many_requests_are_left():
    key = api_key(member())
    first = requests.get(f"{GATEWAY}/api/jobs", headers=key).headers
    second = requests.get(f"{GATEWAY}/api/jobs", headers=key).headers
    assert first["X-RateLimit-Limit"] == second["X-RateLimit-Limit"] == "60"
    assert int(second["X-RateLimit-Remaining"]) == int(first["X-RateLimit-Remaining"]) - 1
    assert int(second["X-RateLimit-Reset"]) >= int(first["X-RateLimit-Reset"])


def post(owner, **changes):
    ask(
        "mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } } }",
        {"input": job_input(**changes)},
        owner.headers,
    )
