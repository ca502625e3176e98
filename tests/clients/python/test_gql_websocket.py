"""The gql library over WebSocket."""

import asyncio
from contextlib import aclosing

import pytest
from gql import Client, gql
from gql.transport.exceptions import TransportConnectionFailed
from gql.transport.websockets import WebsocketsTransport
from support import ENDPOINT, ask, job_input, member


def connect(headers=None):
    transport = WebsocketsTransport(
        url=ENDPOINT.replace("http", "ws"),
        init_payload=headers or {},
        # gql looks for the chosen protocol in one spelling of the header only, and if it does not
        # find it there, speaks an obsolete one; unless just one is offered.
        subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
    )
    return Client(transport=transport)


def post(owner, title):
    ask(
        "mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } } }",
        {"input": job_input(title=title)},
        owner.headers,
    )


def test_the_socket_of_a_signed_in_person_knows_who_it_is():
    async def viewer(person):
        async with connect(person.headers) as session:
            return (await session.execute(gql("{ viewer { id } }")))["viewer"]

    person = member()
    assert asyncio.run(viewer(person)) == {"id": person.id}


def test_jobs_of_one_owner_arrive_as_they_are_published():
    async def listen(owner):
        query = gql("subscription ($id: ID!) { jobPublished(filter: {owner: $id}) { job { title } } }")
        query.variable_values = {"id": owner.id}
        async with connect() as session, aclosing(session.subscribe(query)) as events:
            # Nothing tells that a subscription has begun: post until something comes.
            coming = asyncio.ensure_future(anext(events))
            while not coming.done():
                await asyncio.to_thread(post, owner, "搬家")
                await asyncio.wait([coming], timeout=0.05)
            return coming.result()["jobPublished"]["job"]

    assert asyncio.run(asyncio.wait_for(listen(member()), timeout=20)) == {"title": "搬家"}


def test_a_wrong_token_closes_the_socket_with_4401_or_4403():
    async def arrive():
        async with connect({"Authorization": "Bearer wrong"}) as session:
            await session.execute(gql("{ viewer { id } }"))

    with pytest.raises(TransportConnectionFailed) as refusal:
        asyncio.run(arrive())
    assert refusal.value.__cause__.rcvd.code in (4401, 4403)
