#!/usr/bin/env python3
"""RESULTS.md of the measures in results.jsonl.

usage: table.py RESULTS.jsonl
"""
import datetime
import json
import os
import sys

NAMES = {"pilots": "ours, pilots", "direct": "ours, a job each", "parsl": "Parsl"}


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def main(path):
    with open(path) as file:
        found = [json.loads(line) for line in file]
    here = os.path.dirname(os.path.abspath(__file__))
    with open(f"{here}/notes.md") as notes:
        head, tail = notes.read().split("TABLE\n")
    print(f"# Payloads through a batch system\n\nMeasured on {datetime.date.today()} by `run.sh`, "
          f"{os.cpu_count()} cores, release build, in one run. {head.strip()}\n")
    titles = ["engine", "payloads", "whole, s", "first start to last end, s", "ideal, s",
              "overhead a payload, ms", "polls (least gap, s)", "sbatch", "runner: ms a payload, MB",
              "load before"]
    row(*titles)
    row(*["---"] * len(titles))
    for one in found:
        ours = "polls" in one
        row(NAMES[one["mode"]], f"{one['count']:,}", f"{one['whole_s']:.1f}",
            f"{one['makespan_s']:.1f}", f"{one['count'] * one['seconds'] / one['slots']:.1f}",
            f"{one['overhead_ms']:.0f}",
            f"{one['polls']} ({one['least_gap_s']:.1f})" if ours else "",
            one["submissions"] if ours else "",
            f"{one['runner_ms']:.2f}, {one['peak_MB']:.0f}" if ours else "", f"{one['load']:.1f}")
    print(f"\n{tail.strip()}")


main(sys.argv[1])
