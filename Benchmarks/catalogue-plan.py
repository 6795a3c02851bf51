#!/usr/bin/env python3
"""Writes a synthetic plan.json of a whole mission: 45,000 observations, 62,000 tiles, six years.

    catalogue-plan.py REVISION FILE

Each revision moves another two percent of the items; the same revision gives the same bytes.
"""
import hashlib
import json
import math
import sys

OBSERVATIONS, TILES, DAYS, START, BUCKET = 45_000, 62_000, 2190.0, 61409.0, 7.0
SDCS = ["SDC-CH", "SDC-DE", "SDC-ES", "SDC-FI", "SDC-FR", "SDC-IT", "SDC-NL", "SDC-UK", "SDC-US"]
BUCKETS = int(DAYS / BUCKET)


def pair(kind, index, revision):
    """Primary and secondary of an item: by region, and by what each revision moved."""
    shift = sum(
        1 for r in range(2, revision + 1) if (index * 2654435761 + r * 40503 + kind * 97) % 997 < 20
    )
    first = (index // 700 + shift) % len(SDCS)
    return {"primary": SDCS[first], "secondary": SDCS[(first + 1) % len(SDCS)]}


def square(ra, dec, half):
    width = half / math.cos(math.radians(dec))
    return [
        [(ra - width) % 360, dec - half], [(ra + width) % 360, dec - half],
        [(ra + width) % 360, dec + half], [(ra - width) % 360, dec + half],
    ]


def grid():
    """Boxes on rings of half a degree."""
    boxes = []
    ring = -50
    while len(boxes) < TILES:
        south = ring * 0.5
        count = math.ceil(720 * math.cos(math.radians(south + 0.25)))
        for place in range(count):
            boxes.append([place * 360 / count, (place + 1) * 360 / count, south, south + 0.5])
        ring += 1
    return boxes[:TILES]


def bucket(instant):
    return max(0, min(BUCKETS - 1, int((instant - START) / BUCKET)))


def loads(observations, tiles):
    """What each SDC gets in each bucket, as a plan tells it."""
    counts = {name: [[0] * BUCKETS, [0] * BUCKETS] for name in SDCS}
    for kind, items in enumerate([observations, tiles]):
        for item in items:
            counts[item["primary"]][kind][item["bucket"]] += 1
    work = {name: [100.0 * o + 50.0 * t for o, t in zip(*counts[name])] for name in SDCS}
    total = [sum(parts) for parts in zip(*work.values())]
    return [{
        "sdc": name, "observations": counts[name][0], "tiles": counts[name][1],
        "work": work[name], "target": [part / len(SDCS) for part in total],
        "capacity": [2000.0 * 24 * BUCKET] * BUCKETS, "longestGap": 7.0,
        "newVolume": 0.1 * sum(counts[name][0]) + 0.05 * sum(counts[name][1]),
        "targetVolume": 1000.0,
    } for name in SDCS]


def content(revision):
    boxes = grid()
    observations, waiting = [], [[] for _ in boxes]
    for index in range(OBSERVATIONS):
        tile = index * TILES // OBSERVATIONS
        west, east, south, north = boxes[tile]
        centre = [(west + east) / 2, (south + north) / 2]
        start = START + index * DAYS / OBSERVATIONS
        arrival = start + 1.05
        observations.append({
            "id": str(index + 1), "kind": "WIDE_SURVEY", "start": start, "end": start + 0.05,
            "arrival": arrival, "bucket": bucket(arrival), "position": centre,
            "footprint": square(centre[0], centre[1], 0.37), "copiesTo": [],
            **pair(0, index, revision),
        })
        for near in (tile - 700, tile - 699, tile - 1, tile, tile + 1, tile + 699, tile + 700):
            if 0 <= near < TILES:
                waiting[near].append(index)
    tiles = []
    for index, (box, needed) in enumerate(zip(boxes, waiting)):
        centre = [(box[0] + box[1]) / 2, (box[2] + box[3]) / 2]
        ready = max((observations[o]["arrival"] for o in needed), default=START)
        tiles.append({
            "id": str(100_000_000 + index), "position": centre, "coreBox": box,
            "outer": square(centre[0], centre[1], 0.267), "ready": ready, "bucket": bucket(ready),
            "observations": needed, "fractions": [0.5] * len(needed), **pair(1, index, revision),
        })
    sdcs = [{
        "id": name, "name": name, "country": "", "cores": 2000.0, "efficiency": 1.0,
        "storage": 90000.0, "used": 0.0, "batch": "local", "ingests": [], "maintenance": [],
    } for name in SDCS]
    return {
        "format": "sgs-plan/1", "name": "mission", "survey": "mission",
        "period": [START, START + DAYS], "bucket": BUCKET,
        "processing": {"observationWork": 100.0, "observationVolume": 0.1, "latency": 1.0,
                       "tileWork": 50.0, "tileVolume": 0.05},
        "balance": {"work": 1.0, "observations": 1.0, "storage": 1.0, "gap": 1000.0},
        "weights": {"stability": 0.01, "failover": 0.1},
        "search": {"effort": "quick", "seed": revision, "stepsAsked": 1, "steps": 1,
                   "stop": "steps", "solver": "none"},
        "sdcs": sdcs, "observations": observations, "tiles": tiles,
        "measures": {"observations": OBSERVATIONS, "tiles": TILES, "overlaps": 0, "outside": [],
                     "copies": [], "copyVolume": 0.0, "externalVolume": 0.0, "movedVolume": 0.0,
                     "cost": 0.0, "failoverCopies": 0, "workExcess": 0.0, "longestGap": 0.0,
                     "utilisation": 0.1, "loads": loads(observations, tiles)},
    }


def main():
    plan = json.dumps(content(int(sys.argv[1])), sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(plan.encode()).hexdigest()
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write(f'{{"digest":"{digest}","plan":{plan}}}\n')


main()
