"""Recorded workflows (WfFormat 1.5) as pipelines that sleep, and what they last at best.

The same rank, priorities and list schedule as `RecordedWorkflow` in Sources/Workflows/Records.
"""
import json


def tasks(file):
    """(identifier, parents, seconds) of all tasks, each after its parents."""
    with open(file) as document:
        workflow = json.load(document)["workflow"]
    seconds = {task["id"]: task.get("runtimeInSeconds", 0)
               for task in workflow["execution"]["tasks"]}
    waiting = {task["id"]: task for task in workflow["specification"]["tasks"]}
    order, done = [], set()
    while waiting:
        ready = [name for name, task in waiting.items() if done.issuperset(task["parents"])]
        for name in ready:
            order.append((name, waiting.pop(name)["parents"], seconds.get(name, 0)))
        done.update(ready)
    return order


def priorities(found):
    """Upward ranks as whole numbers up to 1,000,000."""
    children = {name: [] for name, _, _ in found}
    for name, parents, _ in found:
        for parent in parents:
            children[parent].append(name)
    ranks = {}
    for name, _, seconds in reversed(found):
        ranks[name] = seconds + max((ranks[child] for child in children[name]), default=0)
    most = max(ranks.values())
    return {name: round(rank / most * 1_000_000) for name, rank in ranks.items()}


def makespan(found, slots, scale):
    """Seconds of the list schedule: a free slot takes the ready task of the largest rank."""
    rank = priorities(found)
    place = {name: number for number, (name, _, _) in enumerate(found)}
    waits = {name: len(parents) for name, parents, _ in found}
    children = {name: [] for name in waits}
    for name, parents, _ in found:
        for parent in parents:
            children[parent].append(name)
    ready, running, now = [name for name in waits if not waits[name]], [], 0.0
    length = {name: seconds * scale for name, _, seconds in found}
    while True:
        ready.sort(key=lambda name: (-rank[name], place[name]))
        while len(running) < slots and ready:
            name = ready.pop(0)
            running.append((now + max(length[name], 0.001), name))
        if not running:
            return now
        now = min(running)[0]
        for _, name in [entry for entry in running if entry[0] <= now]:
            for child in children[name]:
                waits[child] -= 1
                if not waits[child]:
                    ready.append(child)
        running = [entry for entry in running if entry[0] > now]


def graph(name, found, scale):
    """The pipeline; its executables sleep."""
    rank = priorities(found)
    plain = {task: f"t{number}" for number, (task, _, _) in enumerate(found)}
    return {
        "format": "sgs-graph/2", "name": name,
        "nodes": [
            {"id": plain[task], "kind": "exec", "after": [plain[parent] for parent in parents],
             "policy": {"priority": rank[task]},
             "executable": {
                 "name": plain[task], "command": "/bin/sh",
                 "arguments": ["-c", f"exec sleep {max(seconds * scale, 0.001):.6f}", "sleep"],
                 "resources": {"cores": 1, "ram_MiB": 16, "walltime_s": 3600}}}
            for task, parents, seconds in found],
    }
