#!/usr/bin/env python3
"""Write a planning case the size of a Rubin quarter: plan.yaml, visits.db and sdcs/.  SYNTHETIC.

  make_rubin.py FOLDER [--visits 70000] [--nights 91] [--seed 1]

What follows published figures: fields of 3.5 degrees (9.6 square degrees), visits of 30 s of
exposure about 39 s apart, pairs of visits to a field some 33 minutes apart, some 770 visits a
night that is clear, fields visited again after three to four nights, the wide survey between
declinations -72 and +12, five deep drilling fields, and three data facilities that process 35 %,
40 % and 25 % (the United States, France, the United Kingdom).  Which field is visited when is
drawn at random, and what a visit and a tile take, and what the facilities have, is assumed.
visits.db has the table and columns of Rubin's own simulations of its survey (opsim).
The same arguments give the same content. Python's standard library only.
"""
import argparse
import datetime
import math
import os
import random
import sqlite3

START = datetime.date(2026, 10, 1)
MJD = 61314                     # of START
SPACING = 2.6                   # degrees between fields, so that they overlap
VISIT = 39.0                    # seconds from one visit to the next
PAIR = 33 * 60 / VISIT          # visits between the two of a pair
DEEP = [(9.45, -44.0), (35.71, -4.75), (53.13, -28.1), (59.1, -48.73), (150.1, 2.18)]
BANDS = "ugrizy"
CORES = 10000
STORAGE = 14000
FACILITIES = [("USDF", "SLAC, Menlo Park", "US", 0.35), ("FRDF", "CC-IN2P3, Lyon", "FR", 0.40),
              ("UKDF", "RAL, Edinburgh and Lancaster", "UK", 0.25)]

PLAN = """\
# SYNTHETIC: visits drawn at random in the cadence that Rubin has published, amounts assumed.
name: {name}
survey:
  id: lsst
  file: visits.db
  format: sqlite
  scale: tai
  columns: {{id: observationId, kind: program, start: observationStartMJD, duration: visitTime, ra: fieldRA, dec: fieldDec, angle: rotSkyPos}}
  field: {{width: 3.5, height: 3.5}}
sdcs: sdcs
tiles:
  grid: {{step: 1.5, margin: 0.02}}
period: {{start: {start}, end: {end}}}
bucket: 7
processing:                  # assumed
  observation: {{work: 15, volume: 0.016, latency: 1.0}}
  tile: {{work: 150, volume: 0.300}}
balance: {{work: 0.05, observations: 0.10, storage: 0.05, gap: 4}}
"""

FACILITY = """\
# The part of the processing is published; cores and storage are assumed.
id: {id}
name: {name}
country: {country}
cores: {cores}
efficiency: 0.80
storage: {storage}
batch: slurm
"""


def grid():
    """The fields of the wide survey, on rings of constant declination."""
    dec = -72.0
    while dec <= 12.0:
        count = math.ceil(360 * math.cos(math.radians(dec)) / SPACING)
        for k in range(count):
            yield 360.0 * k / count, dec
        dec += SPACING


def visits(count, nights, seed):
    """Yields (MJD, RA, Dec, program, band) in the order of time."""
    rng = random.Random(seed)
    fields = list(grid())
    last = [-99.0] * len(fields)
    night_of = [count * (night + 1) // nights - count * night // nights for night in range(nights)]
    for night, visits_left in enumerate(night_of):
        # The sidereal time at midnight in Chile at the start of October is about 1 h.
        midnight = 15.0 + 0.98565 * night
        start = MJD + night + 4.5 / 24 - visits_left * VISIT / 86400 / 2
        done = 0

        def instant(number):
            return start + number * VISIT / 86400

        while done < visits_left:
            sidereal = midnight + (done - visits_left / 2) * VISIT / 240
            if rng.random() < 0.006:
                reach = [f for f in DEEP if abs((f[0] - sidereal + 180) % 360 - 180) < 50]
                if reach:
                    ra, dec = rng.choice(reach)
                    for _ in range(min(30, visits_left - done)):
                        yield (instant(done), (ra + rng.uniform(-0.2, 0.2)) % 360,
                               dec + rng.uniform(-0.2, 0.2), "DD", rng.choice(BANDS))
                        done += 1
                    continue
            # A block of neighbouring fields, then the same once more for the pairs.
            block = min(int(PAIR), max(1, (visits_left - done) // 2))
            ready = [k for k, (ra, dec) in enumerate(fields)
                     if abs((ra - sidereal + 180) % 360 - 180) < 60 and night - last[k] > 2.5]
            if not ready:
                ready = list(range(len(fields)))
            centre = fields[min(ready, key=lambda k: (last[k] + rng.random(), k))]
            cosine = math.cos(math.radians(centre[1]))
            ready.sort(key=lambda k: (((fields[k][0] - centre[0] + 180) % 360 - 180) * cosine) ** 2
                       + (fields[k][1] - centre[1]) ** 2)
            chosen = sorted(ready[:block], key=lambda k: (fields[k][1], fields[k][0]))
            bands = rng.sample(BANDS, 2)
            for band in bands:
                for k in chosen:
                    if done >= visits_left:
                        break
                    last[k] = night
                    ra, dec = fields[k]
                    # Each visit is turned and moved a little.
                    yield (instant(done), (ra + rng.uniform(-0.7, 0.7) / cosine) % 360,
                           dec + rng.uniform(-0.7, 0.7), "WFD", band)
                    done += 1


def write(folder, count, nights, seed):
    os.makedirs(os.path.join(folder, "sdcs"), exist_ok=True)
    path = os.path.join(folder, "visits.db")
    if os.path.exists(path):
        os.remove(path)
    rng = random.Random(~seed)
    database = sqlite3.connect(path)
    database.execute(
        "create table observations (observationId integer primary key, fieldRA real, fieldDec real,"
        " observationStartMJD real, visitTime real, visitExposureTime real, filter text,"
        " rotSkyPos real, program text)")
    database.executemany(
        "insert into observations values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((number, ra, dec, mjd, 34.0, 30.0, band, rng.uniform(0, 360), program)
         for number, (mjd, ra, dec, program, band) in enumerate(visits(count, nights, seed))))
    database.commit()
    database.close()
    with open(os.path.join(folder, "plan.yaml"), "w") as out:
        out.write(PLAN.format(name=os.path.basename(os.path.abspath(folder)), start=START,
                              end=START + datetime.timedelta(days=nights)))
    for identifier, name, country, part in FACILITIES:
        with open(os.path.join(folder, "sdcs", identifier + ".yaml"), "w") as out:
            out.write(FACILITY.format(
                id=identifier, name=name, country=country, cores=round(CORES * part),
                storage=round(STORAGE * max(1, nights / 91) * part)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--visits", type=int, default=70000)
    parser.add_argument("--nights", type=int, default=91)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.visits, arguments.nights, arguments.seed)
