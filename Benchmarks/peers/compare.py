#!/usr/bin/env python3
"""Solve one planned case as a mixed integer program, or put such results into a table.

  compare.py solve CASE RUN SOLVER SECONDS OUTPUT.json   SOLVER: HiGHS or CP-SAT
  compare.py ours CASE RUN OUTPUT.json                   the plan of RUN, recounted
  compare.py table TITLE OUTPUT.json...                  a Markdown table

CASE is a planning case, RUN the folder of a run of `sgs plan` on it.
"""
import json
import os
import sys

from problem import Problem

CHECKPOINTS = (10, 60, 300)
WORKERS = 2


def solve(case, run, name, limit, output):
    from program import Program
    from solvers import SOLVERS

    problem = Problem(case, run)
    program = Program(problem)
    outcome = SOLVERS[name](program, float(limit), WORKERS)
    rows = {}
    for seconds in CHECKPOINTS:
        values = outcome.at(seconds)
        if seconds <= float(limit) or outcome.proven:
            rows[seconds] = values and problem.measure(*program.pairs(values))
    write(output, problem, {
        "solver": outcome.version, "seconds": round(outcome.seconds, 1), "rows": rows,
        "bound": outcome.bound / 1e6, "proven": outcome.proven,
        "columns": len(program.columns), "constraints": len(program.rows)})


def ours(case, run, output):
    problem = Problem(case, run)
    with open(os.path.join(run, "run.json")) as file:
        seconds = json.load(file)["seconds"]
    with open(os.path.join(run, "plan.json")) as file:
        effort = json.load(file)["plan"]["search"]["effort"]
    planning = sum(seconds[stage] for stage in ("linear program", "search", "check"))
    write(output, problem, {
        "solver": f"sgs, {effort}", "seconds": round(planning, 1),
        "rows": {planning: problem.measure(*problem.ours)}, "bound": None, "proven": False})


def write(path, problem, result):
    result |= {"case": problem.name, "observations": len(problem.observations),
               "tiles": len(problem.tiles), "sdcs": len(problem.sdcs),
               "failover": problem.failover}
    with open(path, "w") as file:
        json.dump(result, file, indent=1)


def table(title, *paths):
    print(f"\n## {title}\n")
    print("| case | observations, tiles, SDCs | weight of F | by | after s | outside | copies "
          "| C1 + C2, TB | F copies | C1 + C2 + F, TB | bound, TB |")
    print("|---|---|---:|---|---:|---:|---:|---:|---:|---:|---:|")
    for path in paths:
        with open(path) as file:
            result = json.load(file)
        size = f"{result['observations']}, {result['tiles']}, {result['sdcs']}"
        head = f"| {result['case']} | {size} | {result['failover']} | {result['solver']} "
        previous = None
        for seconds, found in result["rows"].items():
            end = min(float(seconds), result["seconds"])
            if previous == (end, found):
                continue
            previous = end, found
            bound = "" if result["bound"] is None else f"{max(0, result['bound']):.3f}"
            last = seconds == list(result["rows"])[-1] or end == result["seconds"]
            note = (bound + (", proven" if result["proven"] else "")) if last else ""
            print(head + f"| {end:.1f} " + (columns(found) if found else "| none | | | | ")
                  + f"| {note} |")


def columns(found):
    broken = f" ({found['broken']} broken rules)" if found["broken"] else ""
    return (f"| {found['outside']}{broken} | {found['copies']} | {found['cost']:.3f} "
            f"| {found['failovers']} | {found['weighted']:.4f} ")


if __name__ == "__main__":
    commands = {"solve": solve, "ours": ours, "table": table}
    if len(sys.argv) < 3 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])
