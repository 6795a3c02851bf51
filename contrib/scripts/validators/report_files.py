"""The coverage maps and tables of a run's folder, read by MOCPy and Astropy.

    report_files.py FOLDER
"""
import csv
import json
import os
import sys
import warnings

import astropy.units as u
import numpy as np
from astropy.coordinates import Latitude, Longitude
from astropy.table import Table
from mocpy import MOC

folder = sys.argv[1]
wrong = 0


def fault(text):
    global wrong
    wrong += 1
    print(f"{folder}: {text}", file=sys.stderr)


with open(f"{folder}/assignments.csv", newline="") as file:
    lines = [line for line in file if not line.startswith("#")]
rows = list(csv.DictReader(lines))
tiles = [row for row in rows if row["kind"] == "tile"]
with open(f"{folder}/plan.json") as file:
    sdcs = [sdc["id"] for sdc in json.load(file)["plan"]["sdcs"]]

maps = {}
for sdc in sdcs:
    fits = MOC.from_fits(f"{folder}/coverage-{sdc}.fits")
    text = MOC.load(f"{folder}/coverage-{sdc}.json", format="json")
    if fits != text:
        fault(f"coverage of {sdc}: FITS and JSON differ")
    if fits.max_order != 10:
        fault(f"coverage of {sdc}: order {fits.max_order}, expected 10")
    maps[sdc] = fits
total = sum(moc.sky_fraction for moc in maps.values())
union = MOC.new_empty(10)
for moc in maps.values():
    union = union.union(moc)
if abs(total - union.sky_fraction) > 1e-12:
    fault(f"coverages overlap: {total} in all, {union.sky_fraction} together")


ra = np.array([float(tile["ra"]) for tile in tiles])
dec = np.array([float(tile["dec"]) for tile in tiles])
primary = np.array([tile["primary"] for tile in tiles])
for sdc, moc in maps.items():
    inside = moc.contains_lonlat(Longitude(ra, u.deg), Latitude(dec, u.deg))
    if not (inside == (primary == sdc)).all():
        fault(f"coverage of {sdc}: {(inside != (primary == sdc)).sum()} tiles' centres at another")
print(f"report: {len(maps)} coverage maps, {union.sky_fraction:.4%} of the sky in all")

warnings.simplefilter("error")
read = 0
for name, form in (("ecsv", "ascii.ecsv"), ("vot", "votable")):
    for table in ("assignments", "overlaps"):
        path = f"{folder}/{table}.{name}"
        if not os.path.exists(path):
            continue
        read += 1
        found = Table.read(path, format=form)
        if table == "assignments" and len(found) != len(rows):
            fault(f"{path}: {len(found)} rows, expected {len(rows)}")
        if not all(column.description for column in found.columns.values()):
            fault(f"{path}: a column without description")
path = f"{folder}/assignments.json"
if os.path.exists(path):
    read += 1
    with open(path) as file:
        document = json.load(file)
    found = document if isinstance(document, list) else document.get("data", document.get("rows"))
    if found is None or len(found) != len(rows):
        fault(f"{path}: not {len(rows)} rows")
print(f"report: {read} tables read")
sys.exit(1 if wrong else 0)
