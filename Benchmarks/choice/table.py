#!/usr/bin/env python3
"""Table and plot of the simulated choice: table.py RAW FOLDER

RAW has the answers of choice-simulation, one JSON object a file; FOLDER gets RESULTS.md and
choice.svg. Python's standard library only. Colours: petroff10 (Petroff 2021, arXiv:2107.02270).
"""
import json
import math
import os
import sys

NAMES = {"fcfs": "first come, first served", "easy": "plain backfill (EASY)",
         "rank": "ours, by rank", "fitness": "ours, by score",
         "reserve": "ours, by score, room kept for the best",
         "starving": "ours, by score, half of the pilots starving"}
COLOURS = {"fcfs": "#94a4a2", "easy": "#3f90da", "rank": "#ffa90e", "fitness": "#bd1f01",
           "reserve": "#a96b59",
           "starving": "#832db6"}
WIDTH, HEIGHT = 1000, 440


def hours(seconds):
    return f"{seconds / 3600:.2f}"


def table(rows):
    lines = ["| policy | mean wait of the largest 5 %, h | 95 % of them, h | mean wait, h "
             "| 95 % of all, h | the longest, h | idle cores | idle while something waits | pilots | empty |",
             "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for name, row in rows:
        lines.append("| " + " | ".join([
            name, hours(row["mean_wait_large"]), hours(row["quantiles_large"][95]),
            hours(row["mean_wait"]), hours(row["quantiles"][95]), hours(row["quantiles"][100]),
            f"{100 * row['idle']:.1f} %",
            f"{100 * row['idle_while_waiting']:.1f} %", str(row["pilots"]),
            str(row["empty_pilots"])]) + " |")
    return "\n".join(lines)


def mean(found):
    """The means of what the table shows."""
    def of(values):
        return sum(values) / len(values)

    row = {key: of([one[key] for one in found])
           for key in ("mean_wait_large", "mean_wait", "idle", "idle_while_waiting")}
    row |= {key: round(of([one[key] for one in found])) for key in ("pilots", "empty_pilots")}
    return row | {key: {part: of([one[key][part] for one in found]) for part in (95, 100)}
                  for key in ("quantiles", "quantiles_large")}


def x(seconds, left):
    """10 s to 10^6 s, logarithmic, 380 wide."""
    return left + 380 * (math.log10(min(max(seconds, 10), 1e6)) - 1) / 5


def panel(rows, quantiles, title, left):
    parts = [f'<text x="{left}" y="28" class="title">{title}</text>']
    for part in range(0, 101, 25):
        y = 350 - 3 * part
        parts.append(f'<line x1="{left}" x2="{left + 380}" y1="{y}" y2="{y}" class="grid"/>'
                     f'<text x="{left - 8}" y="{y + 4}" class="end">{part} %</text>')
    for seconds, label in [(10, "≤ 10 s"), (60, "1 min"), (600, "10 min"), (3600, "1 h"),
                           (21600, "6 h"), (86400, "1 d"), (604800, "7 d")]:
        at = x(seconds, left)
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="50" y2="350" class="grid"/>'
                     f'<text x="{at:.1f}" y="368" class="middle">{label}</text>')
    for key, row in rows:
        points = " ".join(f"{x(value, left):.1f},{350 - 3 * part}"
                          for part, value in enumerate(row[quantiles]))
        parts.append(f'<polyline points="{points}" stroke="{COLOURS[key]}"/>')
    return "\n".join(parts)


def plot(rows):
    legend = []
    for place, (key, _) in enumerate(rows):
        at, y = 60 + 310 * (place % 3), 402 + 22 * (place // 3)
        legend.append(f'<line x1="{at}" x2="{at + 22}" y1="{y}" y2="{y}" '
                      f'stroke="{COLOURS[key]}" stroke-width="3"/>'
                      f'<text x="{at + 28}" y="{y + 4}">{NAMES[key]}</text>')
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">
<style>.title {{ font-size: 14px; font-weight: bold }} .grid {{ stroke: #ddd }}
.end {{ text-anchor: end }} .middle {{ text-anchor: middle }}
polyline {{ fill: none; stroke-width: 2 }}</style>
<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>
{panel(rows, "quantiles_large", "The largest 5 %: part that waited at most so long", 60)}
{panel(rows, "quantiles", "All payloads: part that waited at most so long", 560)}
{chr(10).join(legend)}
</svg>
"""


def main():
    raw, folder = sys.argv[1:]

    def read(name):
        with open(os.path.join(raw, name + ".json")) as file:
            return json.load(file)

    seeds = [[(key, read(f"{key}-{seed}")) for key in NAMES] for seed in (1, 2, 3)]
    rows = seeds[0]
    means = [(key, mean([seed[place][1] for seed in seeds]))
             for place, key in enumerate(NAMES)]
    aside = [(f"{NAMES[key]} (seed {seed})", read(f"{key}-{seed}"))
             for seed in (4, 5) for key in ("easy", "starving")]
    many = [(key, read(f"many-{key}")) for key in ("easy", "starving")]
    first = rows[0][1]
    load = first["core_seconds"] / first["horizon"] / (146 * 22)
    large = many[0][1]["core_seconds"] / many[0][1]["horizon"] / (1000 * 22)
    with open(os.path.join(folder, "choice.svg"), "w") as file:
        file.write(plot(rows))
    with open(os.path.join(folder, "RESULTS.md"), "w") as file:
        file.write(f"""# Choice of payloads, simulated

Made by `Benchmarks/choice/run.sh LOG`; every number below is that of a simulation.

Arrivals and run times are those of the LCG-2005 log ({first["jobs"]:,} jobs in
{first["horizon"] / 86400:.1f} days; Parallel Workloads Archive; thanks to Hui Li and the e-Science
Group of HEP at Imperial College London). Every job of the log has one processor and no memory, so
sizes are **simulated**: drawn with the seeds 1, 2 and 3, one half as tasks recorded with Montage (1 core, 256 MiB),
one half from what the packages of the published Euclid graphs declare (1 to 8 cores, 1 to 24 GB).
The walltime asked for is the run time times 1.1 to 5 (uniform), rounded up to what operators ask for
(5 min to 60 h). Pilots are those of Euclid's settings: 22 cores, 66,000 MB, 10,080 min, at most 146
(Euclid's 100 are less than the log needs), 50 queued; they are submitted for what waits, come after 300 s in the mean and end when idle for 600 s.
The work is {100 * load:.0f} % of what 146 pilots can do (seed 1). "Largest 5 %": by the largest part of a pilot,
then by core-seconds. Cores are counted until the last arrival.

Means of the three seeds:

{table([(NAMES[key], row) for key, row in means])}

Seeds that were set aside when the defaults were chosen (`notes.md`):

{table(aside)}

Seed 1:

![Waits by policy](choice.svg)

A thousand pilots at once: the same jobs, 6.8 times as close (at most 1,000 pilots, 500 queued; the work
is {100 * large:.0f} % of what they can do), seed 1.

{table([(f"{NAMES[key]} (most at once: {row['most_pilots']})", row) for key, row in many])}

Our choice is the code that runners use (`ReadyQueue`), with its default weights and reference
wait, which were chosen by such simulations (`notes.md`); how many pilots are submitted, first come,
first served and plain backfill are written for the comparison.
""")


main()
