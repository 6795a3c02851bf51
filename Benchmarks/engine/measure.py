#!/usr/bin/env python3
"""Measures of the engine, each as one JSON object on standard output.

usage: measure.py ours | hyperqueue | dask [COUNT]
       measure.py wide [WIDTH] | claim | event [WIDTH...] | many [RUNS PAYLOADS]
       measure.py replay FILE SECONDS

SGS_PROGRAMS names the folder of sdc-runner and sdc-payload. Where SGS_KEEPS_FOLDERS is set, what
a measure leaves stays in TMPDIR.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import time

from site_of_runner import DAY, KEEPS_FOLDERS, SDC, Site, list_of, load

PROGRAMS = os.environ.get("SGS_PROGRAMS", ".build/release")
BODY = "path LIKE 'all%' AND outcome = 'completed'"


def ours(count=5000):
    with Site(PROGRAMS, [list_of(count), list_of(50)]) as site:
        site.start()
        site.place("warm", "wide50")
        site.finish("warm")
        before, agent = site.processor(), site.agent()
        agent_before = site.processor(agent)
        begin = time.monotonic()
        site.place("run", f"wide{count}")
        site.finish("run")
        seconds = time.monotonic() - begin
        runner, agents = site.processor() - before, site.processor(agent) - agent_before
        done, = site.rows(f"SELECT count(*) FROM attempt WHERE {BODY}")[0]
        assert done == count + 50, done
        return {"ms": 1000 * seconds / count, "runner_ms": 1000 * runner / count,
                "agent_ms": 1000 * agents / count, "peak_MB": site.peak()}


def hyperqueue(count=5000):
    from hyperqueue import Job, LocalCluster
    from hyperqueue.cluster import WorkerConfig
    # It writes what the payloads say where it runs.
    with LocalCluster() as cluster:
        os.chdir(tempfile.mkdtemp(prefix="hyperqueue-"))
        cluster.start_worker(WorkerConfig(cores=2))
        client = cluster.client()
        warm = Job()
        warm.program(["/bin/true"])
        client.wait_for_jobs([client.submit(warm)])
        begin = time.monotonic()
        job = Job()
        for _ in range(count):
            job.program(["/bin/true"])
        client.wait_for_jobs([client.submit(job)])
        return {"ms": 1000 * (time.monotonic() - begin) / count}


def run_true(_):
    return subprocess.run(["/bin/true"]).returncode


def dask(count=5000):
    from distributed import Client, LocalCluster
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            client.gather(client.map(run_true, range(-50, 0), pure=False))
            begin = time.monotonic()
            codes = client.gather(client.map(run_true, range(count), pure=False))
            assert not any(codes)
            return {"ms": 1000 * (time.monotonic() - begin) / count}


def token(site):
    return site.rows("SELECT value FROM counter WHERE name = 'token'")[0][0]


def wide(width=100_000, done=5000):
    """One wide run, killed when some of it is done, and started again."""
    with Site(PROGRAMS, [list_of(width)]) as site:
        site.start()
        site.place("run", f"wide{width}")
        while not site.rows("SELECT 1 FROM counter WHERE name = 'token' AND value > 1"):
            time.sleep(0.02)
        expanded = site.rows(
            "SELECT ended_at FROM attempt WHERE path = 'list'")[0][0]
        while token(site) < done:
            time.sleep(0.1)
        first, = site.rows(f"SELECT min(started_at) FROM attempt WHERE {BODY}")[0]
        rate = site.rows(
            "SELECT count(*), min(started_at), max(ended_at) FROM attempt WHERE "
            f"{BODY} AND payload > {done // 4}")[0]
        before = site.peak()
        processor = site.processor() / max(1, token(site))
        site.kill()
        last = token(site)
        recorded, = site.rows("SELECT count(*) FROM payload")[0]
        begin = time.monotonic()
        ready = site.start()
        while token(site) <= last:
            time.sleep(0.005)
        goes_on = time.monotonic() - begin
        while token(site) < last + done // 5:
            time.sleep(0.1)
        counts = site.rows(
            f"SELECT count(*), count(DISTINCT payload) FROM attempt WHERE {BODY}")[0]
        assert counts[0] == counts[1] >= done, counts
        after = site.peak()
        site.abandon()
        return {"expand_s": (first - expanded) * DAY, "peak_MB": before,
                "peak_after_restart_MB": after,
                "ms": 1000 * DAY * (rate[2] - rate[1]) / rate[0],
                "runner_ms": 1000 * processor, "recorded": recorded, "ready_s": ready,
                "goes_on_s": goes_on}


def claim():
    """The choice of the next payload by itself, where 100,000 wait, as its test measures it."""
    run = subprocess.run(
        ["swift", "test", "--skip-build", "--filter", "a claim among a hundred thousand"],
        env={**os.environ, "SGS_TEST_FULL": "1"}, check=True, stdout=subprocess.PIPE, text=True)
    mean, most = re.search(
        r"claims among 100,000: (\S+) seconds, at most (\S+) seconds", run.stdout).groups()
    return {"mean_ms": 1000 * float(mean), "most_ms": 1000 * float(most)}


def event(*widths):
    """Milliseconds of the runner's processor time for a payload, by its run's width."""
    answer = []
    for width in widths or (10, 100, 1000, 10_000, 100_000):
        runs = max(1, 2000 // width)
        with Site(PROGRAMS, [list_of(width), list_of(500)]) as site:
            site.start()
            site.place("warm", "wide500")
            site.finish("warm")
            for number in range(runs):
                site.place(f"run{number}", f"wide{width}")
            share = min(width, 2000)
            if width > share:
                while token(site) < share + 500:
                    time.sleep(0.1)
                before, from_token = site.processor(), token(site)
                while token(site) < 2 * share + 500:
                    time.sleep(0.1)
                used = (site.processor() - before) / (token(site) - from_token)
            else:
                before, from_token = site.processor(), token(site)
                for number in range(runs):
                    site.finish(f"run{number}")
                used = (site.processor() - before) / (runs * width)
            if width > share:
                site.abandon()
            answer.append(
                {"width": width, "runs": runs, "runner_ms": 1000 * used, "load": load()})
    return {"widths": answer}


def many(runs=500, payloads=20):
    """Runs that are all submitted before the first of them can have ended."""
    with Site(PROGRAMS, [list_of(payloads)]) as site:
        site.start()
        subprocess.run(
            [f"{PROGRAMS}/sdc-runner", "submit", f"wide{payloads}", *site.common, "--pipelines",
             f"{site.root}/pipelines", "--id", "first", "--force"],
            check=True, stdout=subprocess.DEVNULL)
        document, = site.rows("SELECT document FROM graph LIMIT 1")[0]
        begin = time.monotonic()
        site.ask({"submit": {"graph": document, "submission": {
            "id": f"run{number}", "pipeline": f"wide{payloads}", "inputs": {},
            "softwareRelease": "", "priority": 0, "user": "bench", "project": "",
            "campaign": "", "isForced": True}}} for number in range(runs))
        given = time.monotonic() - begin
        open_runs, = site.rows("SELECT count(*) FROM run WHERE state != 'COMPLETED'")[0]
        while site.rows("SELECT count(*) FROM run WHERE state = 'COMPLETED'")[0][0] <= runs:
            time.sleep(0.1)
        seconds = time.monotonic() - begin
        ends = [row[0] for row in site.rows(
            "SELECT ended_at FROM run WHERE origin_id != 'first' ORDER BY number")]
        done, = site.rows(f"SELECT count(*) FROM attempt WHERE {BODY}")[0]
        late = max(abs(place - rank) for rank, place in enumerate(
            sorted(range(runs), key=lambda number: ends[number])))
        return {"submitted_s": given, "open_when_all_were_given": open_runs, "seconds": seconds,
                "payloads": done, "peak_MB": site.peak(),
                "first_end_s": 0.0, "last_end_s": (max(ends) - min(ends)) * DAY,
                "most_places_out_of_turn": late}


def replay(file, seconds):
    from replays import graph, makespan, tasks
    found = tasks(file)
    scale = float(seconds) / makespan(found, 8, 1)
    pipeline = graph("replay", found, scale)
    with Site(PROGRAMS, [pipeline], slots=8) as site:
        site.start()
        begin = time.monotonic()
        site.place("run", "replay")
        site.finish("run")
        whole = time.monotonic() - begin
        count, span = site.rows(
            "SELECT count(*), max(ended_at) - min(started_at) FROM attempt")[0]
        assert count == len(found), (count, len(found))
        ideal = makespan(found, 8, scale)
        return {"tasks": len(found), "ideal_s": ideal, "makespan_s": span * DAY,
                "order_to_report_s": whole, "ratio": span * DAY / ideal,
                "ratio_whole": whole / ideal}


def main():
    what, arguments = sys.argv[1], sys.argv[2:]
    numbers = arguments if what == "replay" else [int(word) for word in arguments]
    before = load()
    print(json.dumps({"what": what, "load": before, **globals()[what](*numbers)}), flush=True)


if __name__ == "__main__":
    main()
