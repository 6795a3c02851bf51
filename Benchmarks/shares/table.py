#!/usr/bin/env python3
"""Makes RESULTS.md and shares.svg of what the simulations answered: table.py FOLDER TARGET"""
import json
import sys

NAMES = [("alone", "daily orders alone"), ("release", "by release"),
         ("priority", "daily orders first"), ("shares", "shares 70 : 30")]


def quantile(values, part):
    return values[min(len(values) - 1, int(part * len(values)))]


def main(folder, target):
    rows, curves = [], []
    for policy, name in NAMES:
        with open(f"{folder}/{policy}.json") as file:
            sites = json.load(file)["sites"]
        waits = sorted(wait for site in sites for wait in site["waits"])
        late = sum(wait > 24 for wait in waits)
        days = max(site["reprocessingDays"] for site in sites)
        daily, other = (sum(site[key] for site in sites) for key in ("daily", "reprocessing"))
        rows.append((name, len(waits), quantile(waits, 0.5), quantile(waits, 0.95), waits[-1],
                     100 * late / len(waits), days))
        curves.append((name, waits))
    with open(f"{target}/RESULTS.md", "w") as file:
        file.write(
            "# Daily orders beside a reprocessing\n\n"
            "The sample's quarter at nine SDCs, simulated: each order runs on 200 cores at its\n"
            "primary SDC from its release on, when there is room; maintenance is left out. The\n"
            "reprocessing has 30 % of the core-hours of all cores in the quarter, and all of its jobs\n"
            "are there on the first day. Whose job begins is decided by the same code as in the\n"
            "product (`ShareLedger`). `run.sh` makes this file again.\n\n"
            "| whose job is next | daily orders | median wait, h | 95 % within, h | longest, h |"
            " waited over a day | reprocessing ended after, days |\n|---|--:|--:|--:|--:|--:|--:|\n")
        for name, count, median, most, longest, late, days in rows:
            ended = f"{days:.1f}" if days else ""
            file.write(f"| {name} | {count} | {median:.1f} | {most:.1f} | {longest:.1f} |"
                       f" {late:.1f} % | {ended} |\n")
        file.write("\n![Part of the daily orders that waited at most so long](shares.svg)\n")
    draw(curves, f"{target}/shares.svg")


def draw(curves, path):
    width, height, left, bottom = 640, 340, 60, 50
    span = 1 + max(waits[-1] for _, waits in curves)
    from math import log10
    scale = log10(1 + span)

    def x(hours):
        return left + (width - left - 160) * log10(1 + hours) / scale

    def y(part):
        return height - bottom - (height - bottom - 20) * part
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
             'font-family="sans-serif" font-size="12" role="img" '
             'aria-label="Part of the daily orders that waited at most so long">',
             f'<rect width="{width}" height="{height}" fill="white"/>']
    for hours in (0, 1, 3, 10, 30, 100, 300, 1000):
        if hours <= span:
            parts.append(f'<path d="M{x(hours):.1f} {y(0)}V{y(1)}" stroke="#ddd"/>'
                         f'<text x="{x(hours):.1f}" y="{height - 32}" text-anchor="middle">{hours}</text>')
    for part in (0, 0.25, 0.5, 0.75, 1):
        parts.append(f'<path d="M{left} {y(part):.1f}H{width - 160}" stroke="#ddd"/>'
                     f'<text x="{left - 8}" y="{y(part) + 4:.1f}" text-anchor="end">{part:.0%}</text>')
    dashes, colours = ["", "2 3", "8 4", "8 3 2 3"], ["#333", "#b5442e", "#2b6cb0", "#2f855a"]
    for place, (name, waits) in enumerate(curves):
        line = f"M{x(0):.1f} {y(0):.1f}"
        for number in range(0, len(waits), max(1, len(waits) // 400)):
            line += f"L{x(waits[number]):.1f} {y((number + 1) / len(waits)):.1f}"
        line += f"L{x(waits[-1]):.1f} {y(1):.1f}H{x(span):.1f}"
        row = 40 + 20 * place
        parts.append(f'<path d="{line}" fill="none" stroke="{colours[place]}" stroke-width="2" '
                     f'stroke-dasharray="{dashes[place]}"/>'
                     f'<path d="M{width - 150} {row}h26" stroke="{colours[place]}" stroke-width="2" '
                     f'stroke-dasharray="{dashes[place]}"/>'
                     f'<text x="{width - 118}" y="{row + 4}">{name}</text>')
    parts.append(f'<text x="{(left + width - 160) / 2}" y="{height - 10}" text-anchor="middle">'
                 'hours from release to begin</text></svg>')
    with open(path, "w") as file:
        file.write("\n".join(parts) + "\n")


main(*sys.argv[1:3])
