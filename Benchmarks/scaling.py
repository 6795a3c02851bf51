#!/usr/bin/env python3
"""Time and memory of planning as the survey grows, with each stage timed apart.

  scaling.py SGS FOLDER [--months 1 3 12 36 72] [--effort quick] [--output Benchmarks/scaling]

Makes a case for each length in FOLDER, plans it with the program SGS, and writes a table
(OUTPUT.md) and a plot (OUTPUT.svg). The exponent of a stage is that of a line fitted to the
logarithms of seconds and observations, without times below 20 ms; n log n over these lengths is
about 1.13. Python's standard library only.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import time

STAGES = ["read", "overlaps", "linear program", "search", "check", "output"]
COLOURS = ["#0072b2", "#009e73", "#cc79a7", "#000000", "#e69f00", "#d55e00", "#777777"]
LEAST = 0.02                    # seconds
STEEP = 1.2                     # exponents above this are named


def measure(sgs, case, effort):
    """Plans a case; returns its counts, the seconds of the stages and the peak memory in MB."""
    run = os.path.join(case, "run")
    begin = time.monotonic()
    with open(os.path.join(case, "log"), "w") as log:
        process = subprocess.Popen(
            [sgs, "plan", case, "--effort", effort, "--output", run], stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
    whole = time.monotonic() - begin
    if status != 0:
        with open(os.path.join(case, "log")) as log:
            sys.exit(f"scaling: {case}: status {os.waitstatus_to_exitcode(status)}\n{log.read()}")
    with open(os.path.join(run, "run.json")) as file:
        seconds = json.load(file)["seconds"]
    seconds["output"] = whole - sum(seconds.values())
    with open(os.path.join(run, "plan.json")) as file:
        measures = json.load(file)["plan"]["measures"]
    return {
        "observations": measures["observations"], "tiles": measures["tiles"], "whole": whole,
        "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024,
        "outside": len(measures["outside"]),
        "copies": sum(route["copies"] for route in measures["copies"]), **seconds}


def exponent(rows, name, least=LEAST):
    """The slope of the line through the logarithms; None with fewer than three points."""
    points = [(math.log(row["observations"]), math.log(row[name])) for row in rows
              if row[name] >= least]
    if len(points) < 3:
        return None
    x, y = (sum(values) / len(points) for values in zip(*points))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def table(rows, months, effort):
    names = STAGES + ["whole"]
    lines = [
        "# Time and memory by length of the survey", "",
        f"`make bench`: synthetic cases of `make_survey.py`, effort {effort}, nine SDCs. Seconds of"
        " the stages are", "wall clock; CPU is that of the whole command, memory its peak.",
        f"Load of the machine at the end: {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores.", "",
        "| months | observations | tiles | " + " | ".join(f"{n}, s" for n in names)
        + " | CPU, s | memory, MB | copies | outside |",
        "|---:" * (len(names) + 7) + "|"]
    for month, row in zip(months, rows):
        lines.append(
            f"| {month} | {row['observations']} | {row['tiles']} | "
            + " | ".join(f"{row[n]:.3f}" for n in names)
            + f" | {row['cpu']:.1f} | {row['memory']:.0f} | {row['copies']} | {row['outside']} |")
    slopes = {n: exponent(rows, n) for n in names + ["cpu"]}
    slopes["memory"] = exponent(rows, "memory")
    shown = {n: "" if s is None else f"{s:.2f}" for n, s in slopes.items()}
    lines.append("| exponent | | | " + " | ".join(shown[n] for n in names)
                 + f" | {shown['cpu']} | {shown['memory']} | | |")
    steep = [f"{n} ({s:.2f})" for n, s in slopes.items() if s is not None and s > STEEP]
    lines += ["", "Steeper than n log n: " + (", ".join(steep) or "nothing") + ".", "",
              "![seconds by observations](scaling.svg)", ""]
    return "\n".join(lines)


def plot(rows):
    """The table's seconds in a diagram with logarithmic axes."""
    width, height, left, bottom = 720, 480, 70, 50
    sizes = [row["observations"] for row in rows]
    names = STAGES + ["whole"]
    lows, highs = (math.floor(math.log10(min(sizes))), math.ceil(math.log10(max(sizes))))
    top = math.ceil(math.log10(max(row["whole"] for row in rows)))
    floor = -3

    def x(size):
        return left + (math.log10(size) - lows) / (highs - lows) * (width - left - 150)

    def y(seconds):
        part = (math.log10(max(seconds, 10 ** floor)) - floor) / (top - floor)
        return height - bottom - part * (height - bottom - 20)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
             'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" '
             'fill="white"/>']
    for power in range(lows, highs + 1):
        place = x(10 ** power)
        parts.append(f'<line x1="{place:.1f}" x2="{place:.1f}" y1="20" y2="{height - bottom}" '
                     f'stroke="#ddd"/><text x="{place:.1f}" y="{height - bottom + 18}" '
                     f'text-anchor="middle">{10 ** power:,}</text>')
    for power in range(floor, top + 1):
        place = y(10 ** power)
        parts.append(f'<line x1="{left}" x2="{width - 150}" y1="{place:.1f}" y2="{place:.1f}" '
                     f'stroke="#ddd"/><text x="{left - 8}" y="{place + 4:.1f}" '
                     f'text-anchor="end">{10.0 ** power:g} s</text>')
    labels = []
    for name, colour in zip(names, COLOURS):
        points = " ".join(f"{x(row['observations']):.1f},{y(row[name]):.1f}" for row in rows)
        dash = ' stroke-dasharray="6 3"' if name == "whole" else ""
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" '
                     f'stroke-width="2"{dash}/>')
        labels.append([y(rows[-1][name]), name, colour])
    labels.sort()
    for previous, label in zip([None] + labels, labels):
        if previous:
            label[0] = max(label[0], previous[0] + 15)
        parts.append(f'<text x="{x(sizes[-1]) + 8:.1f}" y="{label[0] + 4:.1f}" '
                     f'fill="{label[2]}">{label[1]}</text>')
    scale = 0.003 / (sizes[0] * math.log(sizes[0]))
    line = " ".join(f"{x(n):.1f},{y(scale * n * math.log(n)):.1f}" for n in sizes)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#999" stroke-dasharray="2 4"/>'
                 f'<text x="{left + 20}" y="{height - bottom - 8}" fill="#777">dotted: n log n</text>'
                 f'<text x="{(left + width - 150) / 2}" y="{height - 12}" text-anchor="middle">'
                 'observations</text></svg>\n')
    return "\n".join(parts)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sgs")
    parser.add_argument("folder")
    parser.add_argument("--months", type=int, nargs="+", default=[1, 3, 12, 36, 72])
    parser.add_argument("--effort", default="quick")
    parser.add_argument("--output", default="Benchmarks/scaling")
    given = parser.parse_args()
    maker = os.path.join(os.path.dirname(os.path.abspath(__file__)), "make_survey.py")
    rows = []
    for months in given.months:
        case = os.path.join(given.folder, f"months-{months}")
        days = round(months * 365.25 / 12)
        subprocess.run([sys.executable, maker, case, "--days", str(days)], check=True,
                       stdout=subprocess.DEVNULL)
        rows.append(measure(given.sgs, case, given.effort))
        print(f"{months} months: {rows[-1]['whole']:.1f} s, {rows[-1]['memory']:.0f} MB",
              file=sys.stderr)
    text = table(rows, given.months, given.effort)
    with open(given.output + ".md", "w") as file:
        file.write(text)
    with open(given.output + ".svg", "w") as file:
        file.write(plot(rows))
    print(text)


if __name__ == "__main__":
    main()
