import pytest
from workflow_of_tests import job

from sgs_bps import jobs
from sgs_bps.jobs import JobError, Terms

TERMS = Terms(walltime=60, memory_limit=4000)


def test_a_job_that_says_nothing_has_the_defaults():
    assert jobs.resources(job("a"), TERMS) == {"cores": 1, "ram_MiB": 2048, "walltime_s": 3600}
    assert jobs.policy(job("a"), TERMS) == {
        "attempts": 1,
        "final_codes": [],
        "memory": {"multiplier": 1, "cap_MiB": 4000},
        "priority": 0,
    }


def test_a_job_gets_what_it_asks_for():
    one = job("a", request_cpus=4, request_memory=3000, request_walltime="90", request_disk=50.2)
    assert jobs.resources(one, TERMS) == {
        "cores": 4, "ram_MiB": 3000, "walltime_s": 5400, "tmp_MiB": 51,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "own", "cap"),
    [(4000, None, 4000), (4000, 3000, 3000), (2000, 3000, 2000), (None, None, None)],
)
def test_memory_grows_up_to_the_lower_limit(limit, own, cap):
    one = job("a", memory_multiplier=1.5, request_memory=5000, request_memory_max=own)
    terms = Terms(walltime=60, memory_limit=limit)
    memory = {"multiplier": 1.5} | ({"cap_MiB": cap} if cap else {})
    assert jobs.policy(one, terms)["memory"] == memory
    assert jobs.resources(one, terms)["ram_MiB"] == min(5000, cap or 5000)


@pytest.mark.parametrize(
    ("given", "codes"), [(None, []), (2, [2]), ([2, 1, 2], [1, 2]), ("3", [3])]
)
def test_codes_that_end_a_job(given, codes):
    assert jobs.policy(job("a", retry_unless_exit=given), TERMS)["final_codes"] == codes


def test_retries_are_attempts_after_the_first():
    assert jobs.policy(job("a", number_of_retries=5), TERMS)["attempts"] == 6
    assert jobs.policy(job("a", number_of_retries=5000), TERMS)["attempts"] == 1000


def test_a_code_may_end_the_run():
    one = job("a", abort_on_value=77, abort_return_value=5)
    assert jobs.policy(one, TERMS)["abort_codes"] == {"77": 5}
    assert jobs.policy(job("a", abort_on_value=77), TERMS)["abort_codes"] == {"77": 77}


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"retry_unless_exit": [1, 300]}, "retry_unless_exit: found [1, 300], expected exit codes"),
        ({"priority": "high"}, "priority: found 'high', expected a whole number"),
        ({"request_walltime": "1h"}, "request_walltime: found '1h', expected a number"),
        ({"request_memory": -1}, "request_memory: found -1, expected a number of at least 0"),
        ({"request_cpus": 0}, "request_cpus: found 0, expected a number from 1"),
        ({"abort_on_value": 0}, "abort_on_value: found 0, expected a number from 1 to 255"),
    ],
)
def test_what_has_no_meaning_is_refused(attributes, words):
    one = job("a", **attributes)
    with pytest.raises(JobError) as caught:
        jobs.resources(one, TERMS), jobs.policy(one, TERMS)
    assert f"job a: {words}" in str(caught.value)


def test_most_jobs_need_not_name_their_policy():
    policies = [jobs.policy(job("a", number_of_retries=each), TERMS) for each in (5, 5, 2)]
    standard = jobs.standard(policies)
    assert standard == policies[0]
    assert [jobs.own(each, standard) for each in policies] == [{}, {}, {"attempts": 3}]


def test_a_cap_that_not_all_have_is_not_the_standard():
    terms = Terms(walltime=60)
    capped, free = (jobs.policy(job("a", request_memory_max=each), terms) for each in (9000, None))
    standard = jobs.standard([capped, capped, free])
    assert standard["memory"] == {"multiplier": 1}
    assert jobs.own(capped, standard) == {"memory": {"multiplier": 1, "cap_MiB": 9000}}
    assert jobs.own(free, standard) == {}
