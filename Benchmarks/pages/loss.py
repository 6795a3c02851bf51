#!/usr/bin/env python3
"""How much slower a runner brings payloads of /bin/true to their end while ten of its pages are
open: the same run without and with them, by turns; milliseconds a payload on the clock and of the
runner's processor time, each the median of the turns.

usage: loss.py [COUNT [TURNS]]

SGS_PROGRAMS names the folder of sdc-runner and sdc-payload.
"""
import json
import os
import re
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "engine"))
from site_of_runner import Site, list_of, load  # noqa: E402

PROGRAMS = os.environ.get("SGS_PROGRAMS", ".build/release")
PAGES = ["/", "/runs", "/runs/2", "/runs/2?node=all", "/jobs", "/jobs?state=READY",
         "/runs/2/jobs/all.iterations.7.true", "/pilots", "/waste", "/history"]


def turn(count, isWatched):
    with Site(PROGRAMS, [list_of(count), list_of(50)]) as site:
        site.more = ["--http", "127.0.0.1:0"]
        site.start()
        site.place("warm", "wide50")
        site.finish("warm")
        with open(f"{site.root}/log") as log:
            port = re.search(r" port=(\d+)", log.read()).group(1)
        site.place("run", f"wide{count}")
        while site.rows("SELECT value FROM counter WHERE name = 'token'")[0][0] < 60:
            time.sleep(0.01)
        viewers = None
        if isWatched:
            viewers = subprocess.Popen(
                [sys.executable, f"{HERE}/viewers.py", f"http://127.0.0.1:{port}", *PAGES],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        before, begin = site.processor(), time.monotonic()
        site.finish("run")
        seconds, used = time.monotonic() - begin, site.processor() - before
        said = json.loads(viewers.communicate()[0]) if viewers else None
        return 1000 * seconds / count, 1000 * used / count, said


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    turns = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    alone, watched = [], []
    for _ in range(turns):
        alone.append(turn(count, False))
        watched.append(turn(count, True))
    for place, what in enumerate(["on the clock", "of the runner's processor time"]):
        one, ten = (statistics.median(row[place] for row in rows) for rows in (alone, watched))
        print(f"{one:7.3f} {ten:7.3f} ms a payload {what}, without and with ten pages open: "
              f"{100 * (ten / one - 1):+.1f} %")
    print(f"pages that were got in the last turn: {watched[-1][2]}, load {load():.1f}")


main()
