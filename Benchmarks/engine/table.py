#!/usr/bin/env python3
"""RESULTS.md of the measures in results.jsonl.

usage: table.py RESULTS.jsonl
"""
import datetime
import json
import os
import re
import statistics
import sys


def machine():
    with open("/proc/cpuinfo") as text:
        model = re.search(r"model name\s*: (.*)", text.read()).group(1)
    with open("/proc/meminfo") as text:
        memory = int(re.search(r"MemTotal:\s*(\d+)", text.read()).group(1)) / 1e6
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB"


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def table(*titles):
    print()
    row(*titles)
    row(*["---"] * len(titles))


def payloads(found):
    print("\n## 5,000 payloads of /bin/true\n")
    print("Milliseconds a payload from the request to the report of the end, two at a time; "
          "HyperQueue's client looks once a second whether it is done (0.2 ms of its figure at "
          "most). Ours: result file, usage by wait4 and the store's rows of every payload on the "
          "disk; processor time of runner and agent, the payloads' own not counted.")
    table("engine", "median", "each round", "load before each", "runner, ms", "agent, ms")
    for engine in ["ours", "hyperqueue", "dask"]:
        rounds = [one for one in found if one["what"] == engine]
        if not rounds:
            continue
        median = statistics.median(one["ms"] for one in rounds)
        more = [f"{statistics.median(one[key] for one in rounds):.2f}" if key in rounds[0] else ""
                for key in ["runner_ms", "agent_ms"]]
        row(engine, f"{median:.2f}", ", ".join(f"{one['ms']:.2f}" for one in rounds),
            ", ".join(f"{one['load']:.1f}" for one in rounds), *more)


def wide(one):
    print("\n## One run 100,000 wide\n")
    print(f"Load before: {one['load']:.1f}. Killed by kill -9 after some thousands had "
          f"completed, when {one['recorded']} payloads were recorded, and started again; none "
          "completed twice.")
    table("what", "measured", "must reach")
    row("from the end of the list's payload to the start of the first of it",
        f"{one['expand_s']:.2f} s", "10 s")
    row("a payload, with all that it costs", f"{one['ms']:.2f} ms", "")
    row("processor time of the runner a payload, claim and expansion within it",
        f"{one['runner_ms']:.2f} ms", "")
    row("peak memory of the runner", f"{one['peak_MB']:.0f} MB", "1 GB")
    row("peak memory of the runner that took over", f"{one['peak_after_restart_MB']:.0f} MB",
        "1 GB")
    row("from the start after kill -9 to taking orders", f"{one['ready_s']:.2f} s", "5 s")
    row("from the start after kill -9 to the next payload", f"{one['goes_on_s']:.2f} s", "5 s")


def claim(one):
    print("\n## The choice of the next payload, 100,000 waiting\n")
    print("By itself, 10,000 times after each other, 20 kinds of need in line; debug build.")
    table("what", "measured", "must reach")
    row("mean", f"{one['mean_ms']:.3f} ms", "1 ms")
    row("the longest of them", f"{one['most_ms']:.3f} ms", "")


def event(one):
    print("\n## Cost of an event by the width of its run\n")
    print("A payload has three events: given out, started, ended. Processor time of the runner, "
          "all that it does counted: for short runs that of orders and reports, too.")
    table("width", "runs", "runner, ms a payload", "load")
    for width in one["widths"]:
        row(f"{width['width']:,}", width["runs"], f"{width['runner_ms']:.2f}",
            f"{width['load']:.1f}")


def many(one):
    print("\n## 500 runs at once, 20 payloads each\n")
    table("what", "measured", "must reach")
    row("runs given", f"{one['submitted_s']:.1f} s", "")
    row("runs open when the last was given", one["open_when_all_were_given"], "")
    row("payloads completed", one["payloads"], "all")
    row("whole", f"{one['seconds']:.1f} s", "")
    row("from the end of the first run to that of the last", f"{one['last_end_s']:.1f} s", "")
    row("places by which a run ended out of turn, at most", one["most_places_out_of_turn"],
        "none starved")
    row("peak memory of the runner", f"{one['peak_MB']:.0f} MB", "1 GB")
    row("load before", f"{one['load']:.1f}", "")


def replays(found):
    print("\n## Recorded Montage workflows, 8 slots\n")
    print("Payloads sleep for their scaled time; beside it the same priority list, simulated "
          "without any overhead.")
    table("tasks", "list, s", "first start to last end, s", "ratio", "order to report, s", "load")
    for one in found:
        row(one["tasks"], f"{one['ideal_s']:.2f}", f"{one['makespan_s']:.2f}",
            f"{one['ratio']:.3f}", f"{one['order_to_report_s']:.2f}", f"{one['load']:.1f}")


def main():
    with open(sys.argv[1]) as text:
        found = [json.loads(line) for line in text if line.strip()]
    print("# Figures of the engine\n")
    print(f"Machine: {machine()}. Measured on {datetime.date.today()}, release build, by "
          "the measures of `Benchmarks/engine/run.sh`; load is the 1-minute mean before the measure. "
          "Peers: HyperQueue 0.27.0 (LocalCluster, one worker of 2 cores) and Dask "
          "(distributed 2026.8.0, 2 workers of one thread), in the same run.")
    payloads(found)
    for what, print_it in [("wide", wide), ("claim", claim), ("event", event), ("many", many)]:
        for one in found:
            if one["what"] == what:
                print_it(one)
    found = [one for one in found if one["what"] == "replay"]
    if found:
        replays(found)
    with open(os.path.join(os.path.dirname(__file__), "notes.md")) as text:
        print(text.read(), end="")


main()
