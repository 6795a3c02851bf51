#!/usr/bin/env python3
"""Payloads through a private Slurm of this machine, each measure one JSON object on standard output.

usage: measure.py pilots | direct | parsl [COUNT [SECONDS]]

COUNT payloads sleep for SECONDS (1) on four virtual nodes of eight cores. SGS_PROGRAMS names the
folder of sdc-runner and sdc-payload.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../engine"))
from site_of_runner import DAY, SDC, Site, list_of, load  # noqa: E402

PROGRAMS = os.environ.get("SGS_PROGRAMS", ".build/release")
SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../contrib/scripts/slurm.sh")
NODES, CORES = 4, 8
SLOTS = NODES * CORES
INTERVAL = 5


class Slurm:
    """A Slurm of its own; its clients' environment is set while it is there."""

    def __init__(self, root):
        self.root = f"{root}/slurm"

    def __enter__(self):
        subprocess.run([SCRIPT, "start", self.root, str(NODES), str(CORES)], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.environ["SLURM_CONF"] = f"{self.root}/slurm.conf"
        return self

    def __exit__(self, *_):
        subprocess.run([SCRIPT, "stop", self.root], check=False)

    def wrapped(self, program):
        """A program of Slurm's in whose log is a line for each call."""
        path = f"{self.root}/{program}"
        with open(path, "w") as file:
            file.write(f'#!/bin/sh\ndate +%s.%N >> {path}.log\nexec {program} "$@"\n')
        os.chmod(path, 0o755)
        return path

    def calls(self, program):
        try:
            with open(f"{self.root}/{program}.log") as file:
                return [float(line) for line in file]
        except FileNotFoundError:
            return []


PLAIN = f"""name: A private Slurm
country: FR
cores: {SLOTS}
efficiency: 1
storage: 1
used: 0
batch: slurm
"""


def description(slurm, mode):
    pilots = f"""
    pilots:
      idle: 30
      classes:
        node: {{cores: {CORES}, memory: 4096, walltime: 3600, max_instances: {NODES}}}
""" if mode == "pilots" else ""
    return PLAIN + f"""site:
  batch:
    mode: {mode}
    interval: {INTERVAL}
    file_delay: 5
    max_jobs: 2000
    commands: {{squeue: {slurm.wrapped("squeue")}, sbatch: {slurm.wrapped("sbatch")}}}{pilots}
"""


def ours(mode, count, seconds):
    pipeline = list_of(count)
    body = pipeline["nodes"][1]["body"]["nodes"][0]["executable"]
    body.update(name="sleep", command="/bin/sh", arguments=["-c", f"exec sleep {seconds}", "sleep"])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as root, Slurm(root) as slurm:
        os.mkdir(f"{root}/sdcs")
        for sdc, text in [(SDC, description(slurm, mode)), ("SDC-IT", PLAIN)]:
            with open(f"{root}/sdcs/{sdc}.yaml", "w") as file:
                file.write(f"id: {sdc}\n{text}")
        site = Site(PROGRAMS, [pipeline], slots=None)
        with site:
            site.more = ["--sdcs", f"{root}/sdcs"]
            site.start()
            begin = time.time()
            site.place("run", pipeline["name"])
            site.finish("run", 7200)
            whole = time.time() - begin
            times = site.rows(
                "SELECT started_at, ended_at FROM attempt "
                "WHERE path LIKE 'all%' AND outcome = 'completed'")
            peak, processor = site.peak(), site.processor()
        polls, submissions = slurm.calls("squeue"), slurm.calls("sbatch")
    assert len(times) == count, len(times)
    used = sum(end - start for start, end in times) * DAY
    makespan = (max(end for _, end in times) - min(start for start, _ in times)) * DAY
    gaps = [later - earlier for earlier, later in zip(polls, polls[1:])]
    return {"mode": mode, "count": count, "seconds": seconds, "slots": SLOTS, "whole_s": whole,
            "makespan_s": makespan, "used_s": used,
            "overhead_ms": 1000 * (makespan * SLOTS - used) / count,
            "polls": len(polls), "interval_s": INTERVAL, "least_gap_s": min(gaps, default=0),
            "submissions": len(submissions), "peak_MB": peak,
            "runner_ms": 1000 * processor / count}


def nap(seconds):
    import subprocess
    import time
    begin = time.time()
    subprocess.run(["/bin/sleep", str(seconds)], check=True)
    return begin, time.time()


def parsl(count, seconds):
    import parsl as library
    from parsl.config import Config
    from parsl.executors import HighThroughputExecutor
    from parsl.launchers import SimpleLauncher
    from parsl.providers import SlurmProvider
    os.environ["PATH"] = f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as root, Slurm(root):
        provider = SlurmProvider(
            partition="main", nodes_per_block=1, cores_per_node=CORES, mem_per_node=4,
            init_blocks=NODES, min_blocks=NODES, max_blocks=NODES, walltime="01:00:00",
            launcher=SimpleLauncher(), exclusive=False,
            worker_init=f"export PATH={os.path.dirname(sys.executable)}:$PATH "
                        f"PYTHONPATH={os.path.dirname(os.path.abspath(__file__))}")
        config = Config(run_dir=f"{root}/runinfo", executors=[HighThroughputExecutor(
            address="127.0.0.1", max_workers_per_node=CORES, cores_per_worker=1,
            provider=provider)])
        with library.load(config):
            app = library.python_app(nap)
            begin = time.time()
            times = [future.result() for future in [app(seconds) for _ in range(count)]]
            whole = time.time() - begin
    used = sum(end - start for start, end in times)
    makespan = max(end for _, end in times) - min(start for start, _ in times)
    return {"mode": "parsl", "count": count, "seconds": seconds, "slots": SLOTS, "whole_s": whole,
            "makespan_s": makespan, "used_s": used,
            "overhead_ms": 1000 * (makespan * SLOTS - used) / count}


if __name__ == "__main__":
    mode, rest = sys.argv[1], [float(word) for word in sys.argv[2:]]
    count, seconds = int(rest[0]) if rest else 1000, rest[1] if rest[1:] else 1
    before = load()
    answer = parsl(count, seconds) if mode == "parsl" else ours(mode, count, seconds)
    print(json.dumps({"load": before, **answer}))
