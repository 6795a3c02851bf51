#!/usr/bin/env python3
"""Write the planning case's observations from two revisions of the DESI tile plan.

The tile plan has no times, so the timing is SYNTHETIC: a tile of the DARK or DARK1B program that
is not done is observed once in the 91 days from 2026-06-15, in the night and at the second that
the SHA-256 of its identifier names, for 1,000 s.  A tile that both revisions have open keeps its
time, so that what differs between the two files is what DESI changed.
"""
import csv, datetime as dt, gzip, hashlib

START, NIGHTS, SECONDS = dt.datetime(2026, 6, 15, 3), 91, 1000

for revision in ("20260605-rev07345", "20260611-rev07415"):
    with gzip.open(f"tiles-main-{revision}.ecsv.gz", "rt") as file:
        rows = list(csv.DictReader((l for l in file if not l.startswith("#")), delimiter=" "))
    open_tiles = [r for r in rows if r["PROGRAM"] in ("DARK", "DARK1B")
                  and r["STATUS"] != "done" and r["IN_DESI"] == "True"]
    with open(f"observations-{revision.split('-')[1]}.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["tile", "program", "start_utc", "seconds", "ra_deg", "dec_deg"])
        for r in sorted(open_tiles, key=lambda r: int(r["TILEID"])):
            number = int(hashlib.sha256(r["TILEID"].encode()).hexdigest()[:12], 16)
            start = START + dt.timedelta(days=number % NIGHTS, seconds=number // NIGHTS % 28800)
            out.writerow([r["TILEID"], r["PROGRAM"], start.isoformat() + "Z", SECONDS, r["RA"], r["DEC"]])
