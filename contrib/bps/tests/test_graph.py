import json
import os
import pathlib
import types

import pytest
from workflow_of_tests import Group, Workflow, job, node_type, noop

from sgs_bps.graph import GraphBuilder, Job, WorkflowError, labels
from sgs_bps.jobs import Terms

TERMS = Terms(walltime=60)

SCHEMA = pathlib.Path(
    os.environ.get(
        "SGS_GRAPH_SCHEMA",
        pathlib.Path(__file__).parents[3] / "Sources/Workflows/Reading/sgs-graph-2.schema.json",
    )
)


def build(workflow, terms=TERMS, **options):
    builder = GraphBuilder(workflow, terms, "/submit", **options)
    document = builder.build()
    follow_schema(document)
    return builder, document


def follow_schema(document):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(document)


def test_edges_become_edges_of_order():
    workflow = Workflow(
        "u/me/run", [job("a"), job("b"), noop("wait")], [("a", "wait"), ("wait", "b")]
    )
    _, document = build(workflow)
    assert document["name"] == "u_me_run"
    assert document["nodes"] == [
        {"id": "a", "kind": "exec", "executable": "a"},
        {"id": "wait", "kind": "group", "after": ["a"]},
        {"id": "b", "kind": "exec", "executable": "b", "after": ["wait"]},
    ]


def test_a_group_that_does_not_block_lets_the_next_group_pass_but_no_job():
    groups = [Group("g1", [job("x"), job("y")], [("x", "y")]), Group("g2", [job("z")])]
    workflow = Workflow(
        "run", [*groups, job("last")], [("g1", "g2"), ("g1", "last"), ("g2", "last")]
    )
    builder, document = build(workflow)
    nodes = {node["id"]: node for node in document["nodes"]}
    assert nodes["g1"]["body"]["nodes"][1] == {
        "id": "y", "kind": "exec", "executable": "y", "after": ["x"],
    }  # fmt: skip
    assert nodes["g1_ended"] == {
        "id": "g1_ended", "kind": "group", "after": ["g1"], "trigger": "all_done",
    }  # fmt: skip
    assert nodes["g2"]["after"] == ["g1_ended"]
    assert nodes["last"]["after"] == ["g1", "g2"]
    assert [each.path for each in builder.jobs] == ["g1.x", "g1.y", "g2.z", "last"]


def test_a_group_that_blocks_has_the_next_one_need_it():
    groups = [Group("g1", [job("x")], blocking=True), Group("g2", [job("z")])]
    _, document = build(Workflow("run", groups, [("g1", "g2")]))
    assert document["nodes"][1]["after"] == ["g1"]
    assert len(document["nodes"]) == 2


def test_the_final_job_always_runs():
    _, document = build(Workflow("run", [job("a")], final=job("finalJob", retry_unless_exit=2)))
    assert document["nodes"][1] == {
        "id": "finalJob",
        "kind": "final",
        "executable": "finalJob",
        "policy": {"final_codes": [2]},
        "when_run": "always",
    }


def test_jobs_of_one_label_share_a_program_while_they_ask_for_the_same():
    jobs = [
        job(name, "isr", request_memory=memory) for name, memory in (("a", 1), ("b", 1), ("c", 2))
    ]
    _, document = build(Workflow("run", jobs))
    assert [node["executable"] for node in document["nodes"]] == ["isr", "isr", "isr_2"]
    assert [each["resources"]["ram_MiB"] for each in document["executables"]] == [1, 2]
    assert {each["command"] for each in document["executables"]} == {"/submit/sgs/job"}


def test_a_limit_becomes_a_category():
    terms = Terms(walltime=60, limits={"db limit": 2, "wide": 9})
    jobs = [job("a", concurrency_limit="wide, db limit"), job("b", category="other")]
    _, document = build(Workflow("run", jobs), terms)
    assert document["categories"] == {"db_limit": 2}
    assert [node.get("policy") for node in document["nodes"]] == [{"category": "db_limit"}, None]


def test_the_script_has_the_values_files_and_variables_of_its_job():
    one = job(
        "1",
        "isr",
        executable=types.SimpleNamespace(name="pipetask", src_uri="<ENV:DIR>/bin/pipetask"),
        arguments="run-qbb {butler} <FILE:graph> --json {x} {unknown}",
        cmdvals={"butler": "<ENV:REPO>/b", "x": "'{\"a\": 1}'"},
        environment={"WORD": "it's"},
        pre_cmdline="source here",
        post_cmdline="echo {butler}",
    )
    file = types.SimpleNamespace(name="graph", src_uri="file:///submit/run.qg")
    builder, _ = build(Workflow("run", [one], files=[file]))
    (script,) = builder.scripts
    assert script.path == "jobs/isr/1.sh"
    lines = script.text.splitlines()
    assert (
        "${DIR}/bin/pipetask run-qbb ${REPO}/b /submit/run.qg --json '{\"a\": 1}' {unknown}"
        in lines
    )
    assert """export WORD='it'"'"'s'""" in lines
    assert lines.index("{ source here") < lines.index("status=$?") < lines.index("echo ${REPO}/b")


def test_a_job_of_several_quanta_leaves_a_summary():
    program = types.SimpleNamespace(name="pipetask", src_uri="pipetask")
    two = job(
        "two", executable=program, arguments="run-qbb r q", quanta_counts={"isr": 1, "cal": 1}
    )
    one = job("one", executable=program, arguments="run-qbb r q", quanta_counts={"isr": 1})
    builder, _ = build(Workflow("run", [two, one]))
    assert builder.jobs == [
        Job("two", "two", "two", {"isr": 1, "cal": 1}, "/submit/sgs/summaries/two/two.json"),
        Job("one", "one", "one", {"isr": 1}, None),
    ]
    assert (
        "pipetask run-qbb r q --summary /submit/sgs/summaries/two/two.json"
        in builder.scripts[0].text
    )
    assert "--summary" not in builder.scripts[1].text
    assert labels(builder.jobs) == ["isr", "cal"]
    builder, _ = build(Workflow("run", [two]), summaries=False)
    assert "--summary" not in builder.scripts[0].text


def test_what_the_runner_has_no_use_for_is_told():
    jobs = [job("a", queue="long", concurrency_limit="tape"), job("b", queue="long")]
    builder, _ = build(Workflow("run", jobs))
    assert builder.warnings == [
        "queue: the runner has no use for it (2 jobs)",
        "concurrencyLimit tape: sgs.limits has no number for it",
    ]


@pytest.mark.parametrize(
    ("workflow", "words"),
    [
        (Workflow("run", []), "workflow run: found no jobs"),
        (
            Workflow("run", [job("a"), job("b"), job("c")], [("a", "b"), ("b", "c"), ("c", "b")]),
            "workflow run: found a cycle: b -> c -> b",
        ),
        (Workflow("run", [job("a", executable=None)]), "job a: executable: found nothing"),
        (
            Workflow("run", [job("a")], final=Workflow("ends", [job("b")])),
            "final ends: found a workflow, expected one job",
        ),
        (
            Workflow("run", [types.SimpleNamespace(name="a", node_type=node_type("SUBDAG"))]),
            "node a: found kind SUBDAG, expected PAYLOAD, NOOP or GROUP",
        ),
        (Workflow("run", [job("a", arguments="<FILE:none>")]), "file none is none of the job's"),
    ],
)
def test_a_workflow_at_fault_is_refused(workflow, words):
    with pytest.raises(ValueError) as caught:
        GraphBuilder(workflow, TERMS, "/submit").build()
    assert words in str(caught.value)


def test_a_document_that_is_too_large_is_refused():
    document = {"nodes": [{"id": "x" * 10_000_000}]}
    with pytest.raises(WorkflowError, match="put quanta together"):
        GraphBuilder.encode(document)


def test_the_document_is_json():
    _, document = build(Workflow("run", [job("a"), job("b")], [("a", "b")]))
    assert json.loads(GraphBuilder.encode(document)) == document
