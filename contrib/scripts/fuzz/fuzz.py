"""Runs sgs on mutated inputs, two at a time (see test-fuzz.sh)."""
import argparse
import collections
import concurrent.futures
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import inputs
import seeds

MEGABYTES = 500
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC",
               "SWIFT_BACKTRACE": "enable=no",
               "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", "")}


class Outcome:
    def __init__(self, status, seconds, megabytes, faults, said):
        self.status, self.seconds, self.megabytes = status, seconds, megabytes
        self.faults, self.said = faults, said


def listing(folder):
    """Every file with its size and time of change."""
    return {str(path.relative_to(folder)): (status.st_size, status.st_mtime_ns)
            for path in folder.rglob("*") if not path.is_dir()
            for status in [path.lstat()]}


def run(sgs, command, folder, allowed, seconds, logs):
    before = listing(folder)
    out, err = logs / "out", logs / "err"
    start = time.monotonic()
    with open(out, "wb") as stdout, open(err, "wb") as stderr:
        process = subprocess.Popen([sgs] + command, cwd=folder, stdin=subprocess.DEVNULL,
                                   stdout=stdout, stderr=stderr, start_new_session=True,
                                   env=ENVIRONMENT | {"TMPDIR": str(folder), "HOME": str(folder)})
        for limit, value in [(resource.RLIMIT_AS, 8 << 30), (resource.RLIMIT_CORE, 0),
                             (resource.RLIMIT_FSIZE, 256 << 20)]:
            try:
                resource.prlimit(process.pid, limit, (value, value))
            except ProcessLookupError:
                pass
        late = threading.Event()

        def end():
            late.set()
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        timer = threading.Timer(seconds * 3, end)
        timer.start()
        _, raw, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(raw)
    elapsed = time.monotonic() - start
    status, megabytes = process.returncode, usage.ru_maxrss / 1024
    said = err.read_bytes()
    faults = []
    # The limit is of the work done: another process may have held the machine meanwhile.
    spent = usage.ru_utime + usage.ru_stime
    if late.is_set() or spent > seconds:
        faults.append(f"took {spent:.1f} s of processor time, {elapsed:.1f} s in all")
    elif status < 0:
        faults.append(f"ended by signal {-status}")
    elif status not in allowed:
        faults.append(f"exit status {status}, expected one of {sorted(allowed)}")
    if megabytes > MEGABYTES:
        faults.append(f"took {megabytes:.0f} MB")
    if status > 0 and not said.strip():
        faults.append(f"exit status {status} without a word on standard error")
    if status not in (0, 4):
        after = listing(folder)
        changed = sorted(name for name in before.keys() | after.keys()
                         if before.get(name) != after.get(name))
        if changed:
            faults.append("left or changed " + ", ".join(changed[:4]))
    return Outcome(status, spent, megabytes, faults, said)


def keep(folder, command, outcome, index, seed, kind):
    place = pathlib.Path(".state/fuzz") / f"{seed}-{index}-{kind}"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place / "folder", symlinks=True)
    words = " ".join("'" + word.replace(str(folder), ".") + "'" for word in command)
    script = place / "replay.sh"
    script.write_text("#!/bin/bash\n# " + "; ".join(outcome.faults) + "\n"
                      'sgs=$(realpath "${SGS:?the program: SGS=.build/release/sgs}")\n'
                      f'cd "$(dirname "$0")/folder" && exec "$sgs" {words}\n')
    script.chmod(0o755)
    (place / "said").write_bytes(outcome.said[:100000])
    return place


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=10000)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--sgs", required=True)
    parser.add_argument("--kind", action="append")
    parser.add_argument("--limit-seconds", type=float, default=5)
    parser.add_argument("--only", type=int)
    parser.add_argument("--from", type=int, default=0, dest="first")
    arguments = parser.parse_args()
    sgs = str(pathlib.Path(arguments.sgs).resolve())
    if not os.access(sgs, os.X_OK):
        print(f"test-fuzz: {sgs} is missing; build first", file=sys.stderr)
        return 69
    with tempfile.TemporaryDirectory(prefix="sgs-fuzz.") as scratch:
        return fuzz(sgs, arguments, pathlib.Path(scratch))


def fuzz(sgs, arguments, scratch):
    making = inputs.Inputs(seeds.Corpus(sgs, scratch))
    kinds = arguments.kind or list(making.kinds)
    statuses = {kind: collections.Counter() for kind in kinds}
    slowest = {kind: (0.0, 0) for kind in kinds}
    largest = {kind: (0.0, 0) for kind in kinds}
    failures = []
    indices = range(arguments.first, arguments.first + arguments.count)
    if arguments.only is not None:
        indices = [arguments.only]
    lock = threading.Lock()

    def one(index):
        kind = kinds[index % len(kinds)]
        dice = random.Random(f"{arguments.seed} {index}")
        folder, logs = scratch / f"{index}", scratch / f"{index}.logs"
        folder.mkdir()
        logs.mkdir()
        command, allowed = making.make(kind, dice, folder)
        outcome = run(sgs, command, folder, allowed, arguments.limit_seconds, logs)
        with lock:
            statuses[kind][outcome.status] += 1
            slowest[kind] = max(slowest[kind], (outcome.seconds, index))
            largest[kind] = max(largest[kind], (outcome.megabytes, index))
            if outcome.faults or arguments.only is not None:
                place = keep(folder, command, outcome, index, arguments.seed, kind)
            if outcome.faults:
                failures.append(index)
                said = outcome.said.decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
                print(f"FAIL {kind} {index}: {'; '.join(outcome.faults)} ({place}): {said[0][:150]}",
                      flush=True)
        shutil.rmtree(folder)
        shutil.rmtree(logs)

    print(f"seed {arguments.seed}, {len(indices)} inputs, two at a time", flush=True)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(one, index) for index in indices]:
            future.result()
    print(f"{'kind':10} {'inputs':>7} {'slowest, s':>16} {'largest, MB':>16}  exit statuses")
    for kind in kinds:
        counts = ", ".join(f"{status}: {number}" for status, number in sorted(statuses[kind].items()))
        slow, large = slowest[kind], largest[kind]
        print(f"{kind:10} {sum(statuses[kind].values()):7} {slow[0]:8.2f} ({slow[1]:5})"
              f" {large[0]:8.0f} ({large[1]:5})  {counts}")
    print(f"{len(indices)} inputs, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
