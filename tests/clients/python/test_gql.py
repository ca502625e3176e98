"""The gql library: it fetches the schema by introspection and checks documents before it sends them."""

import pytest
from gql import Client, gql
from gql.dsl import DSLMutation, DSLQuery, DSLSchema, dsl_gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport
from graphql import GraphQLError
from support import ENDPOINT, api_key, job_input, member

CREATE_JOB = """
    mutation CreateJob($input: CreateJobInput!) {
      createJob(input: $input) { job { id title status createdAt } }
    }
"""


def connect(headers=None, **options):
    transport = RequestsHTTPTransport(url=ENDPOINT, headers=headers)
    return Client(transport=transport, fetch_schema_from_transport=True, **options)


def request(document, **variables):
    query = gql(document)
    query.variable_values = variables
    return query


def test_the_schema_comes_whole_by_introspection():
    everything = {
        "specified_by_url": True,
        "directive_is_repeatable": True,
        "schema_description": True,
        "input_value_deprecation": True,
        "input_object_one_of": True,
    }
    with connect(introspection_args=everything) as session:
        schema = session.client.schema
        assert schema.get_type("Job").description == "A piece of work that somebody wants done."
        assert schema.get_type("JobBy").is_one_of
        assert schema.get_type("DateTime").specified_by_url


def test_a_query_with_variables_is_checked_and_answered():
    with connect() as session:
        answer = session.execute(request("query ($n: Int!) { jobs(first: $n) { nodes { id } } }", n=3))
    assert len(answer["jobs"]["nodes"]) == 3


def test_a_field_that_the_schema_lacks_is_refused_without_a_request():
    with connect() as session:
        session.transport.close()  # A request would fail in another way.
        with pytest.raises(GraphQLError, match="Cannot query field 'salary'"):
            session.execute(request("{ jobs { nodes { salary } } }"))


def test_a_signed_in_person_posts_a_job():
    with connect(member().headers) as session:
        job = session.execute(request(CREATE_JOB, input=job_input(title="搬家")))["createJob"]["job"]
    assert (job["title"], job["status"]) == ("搬家", "PUBLISHED")


def test_an_api_key_posts_a_job():
    with connect(api_key(member())) as session:
        job = session.execute(request(CREATE_JOB, input=job_input(title="搬家")))["createJob"]["job"]
    assert job["title"] == "搬家"


def test_a_refusal_raises_with_the_code():
    with connect() as session, pytest.raises(TransportQueryError) as refusal:
        session.execute(request(CREATE_JOB, input=job_input()))
    assert refusal.value.errors[0]["extensions"]["code"] == "UNAUTHORIZED"


def test_a_refusal_keeps_what_could_be_answered():
    with connect() as session, pytest.raises(TransportQueryError) as refusal:
        session.execute(request('{ jobTypes { slug } user(id: "user_1") { id } }'))
    assert refusal.value.data["user"] is None
    assert {"slug": "general"} in refusal.value.data["jobTypes"]


def test_queries_and_mutations_can_be_composed_from_the_fetched_schema():
    with connect(member().headers) as session:
        ds = DSLSchema(session.client.schema)
        create = ds.Mutation.createJob(input=job_input(title="代購"))
        create.select(ds.CreateJobPayload.job.select(ds.Job.id))
        made = session.execute(dsl_gql(DSLMutation(create)))
        by = {"id": made["createJob"]["job"]["id"]}
        read = session.execute(dsl_gql(DSLQuery(ds.Query.job(by=by).select(ds.Job.title))))
    assert read == {"job": {"title": "代購"}}
