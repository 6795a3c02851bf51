#!/usr/bin/env python3
"""Write a planning case with a synthetic survey: plan.yaml, survey.xml (RSD) and sdcs/.

  make_survey.py FOLDER [--days 91] [--per-day 20] [--sdcs 9] [--seed 1]

The telescope looks 90 degrees away from the Sun, ahead or behind. It fills bands of ecliptic
latitude field by field, always the band that has been seen least where it looks, and now and
then a deep field near a pole of the ecliptic. The SDCs are invented: sizes in fixed proportions,
together about twice the work; some ingest a ground survey; each has its maintenance.
The same arguments give the same bytes. Python's standard library only.
"""
import argparse
import datetime
import math
import os
import random

START = datetime.date(2027, 1, 4)
STEP = 0.7                      # degrees between fields
ROWS = 8                        # rows of fields in a band
BANDS = [-78 + 6 * k for k in range(11)] + [12 + 6 * k for k in range(11)]
DITHER = 1066                   # seconds between the starts of two pointings
DITHERS = [(0.0, 0.0), (0.014, 0.03), (0.014, 0.0), (0.028, 0.03)]
SIZES = [19, 52, 29, 34, 14, 29, 18, 23, 40]
INGESTS = {0: ("UNIONS", (5, 90), 0.026), 1: ("DES", (-90, 5), 0.03), 2: ("KIDS", (-36, 3), 0.012),
           5: ("DES", (-90, 5), 0.03)}
WORK = {"observation": 2000, "tile": 4500}


def fields(days, per_day, seed):
    """Yields (day, kind, longitude, latitude) of the observations in their order."""
    rng = random.Random(seed)
    seen = {}                   # (band, cell of 4 degrees of longitude): fields
    slot, last = 0, days * per_day
    while slot < last:
        sun = 283.0 + 0.98565 * slot / per_day
        if rng.random() < 0.08:
            pole = rng.choice([-86.0, 87.0])
            block = [("DEEP_SURVEY", 15.0 * k, pole + 0.1 * k) for k in range(24)]
        else:
            longitude = (sun + rng.choice([90.0, 270.0])) % 360
            cell = int(longitude // 4)
            band = min(BANDS, key=lambda b: (seen.get((b, cell), 0), rng.random()))
            columns = rng.randint(6, 12)
            seen[band, cell] = seen.get((band, cell), 0) + columns * ROWS
            shift = 0.35 * (seen[band, cell] // 200)
            block = []
            for column in range(columns):
                for row in range(ROWS):
                    latitude = band + STEP * row * (1 if band > 0 else -1) + shift / 10
                    width = STEP / math.cos(math.radians(latitude))
                    block.append(("WIDE_SURVEY", longitude + shift + width * column, latitude))
        for kind, longitude, latitude in block:
            if slot >= last:
                return
            if rng.random() < 0.985:            # some slots are lost
                yield slot / per_day, kind, longitude % 360, latitude
            slot += 1


def write_survey(path, days, per_day, seed):
    """Writes the survey; returns the number of its observations."""
    first = (START - datetime.date(2000, 1, 1)).days
    count = 0
    with open(path, "w") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<ReferenceSurveyDefinition>\n')
        for day, kind, longitude, latitude in fields(days, per_day, seed):
            count += 1
            out.write(f'  <ObservationRequest id="{count}">\n    <SurveyId>{kind}</SurveyId>\n')
            for dither, (east, north) in enumerate(DITHERS):
                start = round((first + day + dither * DITHER / 86400) * 100000)
                out.write(
                    f'    <PointingRequest id="{4 * count + dither}" ditherId="{dither}">'
                    f"<Mjd2000>{start}</Mjd2000><SAA>90.0</SAA><Attitude>"
                    f"<Longitude>{(longitude + east) % 360:.6f}</Longitude>"
                    f"<Latitude>{latitude + north:.6f}</Latitude>"
                    "<PositionAngle>267.5</PositionAngle></Attitude></PointingRequest>\n")
            out.write("  </ObservationRequest>\n")
        out.write("</ReferenceSurveyDefinition>\n")
    return count


def write_sdcs(folder, number, days, observations, rng):
    """Writes `number` SDCs with maintenance that cost them up to 3 days a quarter."""
    os.makedirs(folder, exist_ok=True)
    for old in os.listdir(folder):
        os.remove(os.path.join(folder, old))
    sizes = [SIZES[k % len(SIZES)] for k in range(number)]
    work = observations * WORK["observation"] + 2 * observations * WORK["tile"]
    cores = 2.2 * work / (days * 24 * 0.8)
    storage = 6 * observations * (0.045 + 2 * 0.12)
    for k, size in enumerate(sizes):
        name, part = f"SDC-{k + 1:02d}", size / sum(sizes)
        with open(os.path.join(folder, f"{name}.yaml"), "w") as out:
            out.write(f"id: {name}\nname: Invented centre {k + 1}\ncountry: XX\n"
                      f"cores: {max(1, round(cores * part))}\nefficiency: 0.80\n"
                      f"storage: {max(1, round(storage * part))}\nused: 0\nbatch: local\n")
            if k in INGESTS:
                survey, (south, north), volume = INGESTS[k]
                out.write(f"ingests:\n  - survey: {survey}\n    region: {{dec: [{south}, {north}]}}\n"
                          f"    volume: {volume}\n")
        start = START + datetime.timedelta(days=rng.randrange(min(days, 60)))
        hours = rng.choice([10, 36, 60]) if days > 30 else 10
        with open(os.path.join(folder, f"{name}.ics"), "w", newline="") as out:
            out.write("\r\n".join([
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SGS//benchmark//EN", "BEGIN:VEVENT",
                f"UID:{name.lower()}@sgs.example", "DTSTAMP:20260101T000000Z",
                f"DTSTART:{start:%Y%m%d}T080000Z", f"DURATION:PT{hours}H",
                f"RRULE:FREQ=MONTHLY;INTERVAL=3;COUNT={max(1, days // 91)}",
                "SUMMARY:maintenance", f"X-SGS-AVAILABILITY:{rng.choice(['0', '0', '0.5'])}",
                "END:VEVENT", "END:VCALENDAR", ""]))


PLAN = """name: {name}
survey:
  id: benchmark
  file: survey.xml
  format: rsd
  field: {{width: 0.74, height: 0.76}}
sdcs: sdcs
tiles: {{grid: mer}}
period: {{start: {start}, end: {end}}}
bucket: 7
processing:
  observation: {{work: {observation}, volume: 0.045, latency: 1.0}}
  tile: {{work: {tile}, volume: 0.120}}
balance: {{work: 0.05, observations: 0.10, storage: 0.05, gap: 4}}
weights: {{failover: {failover}}}
"""


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--days", type=int, default=91)
    parser.add_argument("--per-day", type=int, default=20)
    parser.add_argument("--sdcs", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failover", type=float, default=0.1, help="its weight in the cost")
    given = parser.parse_args()
    os.makedirs(given.folder, exist_ok=True)
    count = write_survey(
        os.path.join(given.folder, "survey.xml"), given.days, given.per_day, given.seed)
    write_sdcs(os.path.join(given.folder, "sdcs"), given.sdcs, given.days, count,
               random.Random(f"sdcs {given.seed}"))
    with open(os.path.join(given.folder, "plan.yaml"), "w") as out:
        out.write(PLAN.format(
            name=os.path.basename(os.path.abspath(given.folder)), start=START,
            end=START + datetime.timedelta(days=given.days), failover=given.failover, **WORK))
    print(f"{given.folder}: {count} observations")


if __name__ == "__main__":
    main()
