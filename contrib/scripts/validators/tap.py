"""Asks a TAP service of the catalogue by pyvo, and compares its answers with published plans.

tap.py URL PLAN...: the service's address, and the folders of the plans that it serves.
"""
import csv
import json
import sys

import numpy as np
import pyvo

failures = 0


def check(what, right, found=""):
    global failures
    print(f"{'ok  ' if right else 'FAIL'} {what} {found}")
    failures += not right


def vectors(ra, dec):
    ra, dec = np.radians(ra), np.radians(dec)
    return np.stack([np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)], axis=-1)


service = pyvo.dal.TAPService(sys.argv[1])
observations, tiles = [], {}
for folder in sys.argv[2:]:
    survey = json.load(open(f"{folder}/plan.json"))["plan"]["survey"]
    for row in csv.DictReader(open(f"{folder}/assignments.csv")):
        if row["kind"] == "observation":
            observations.append(row)
        else:
            tiles[survey, row["id"]] = row

# Metadata.
names = set(service.tables.keys())
wanted = {"sgs.tile_ownership", "sgs.observation_ownership", "sgs.sdc_load", "sgs.changes",
          "ivoa.obsplan"}
check("every view is listed", wanted <= names, sorted(wanted - names))
plan = service.tables["ivoa.obsplan"]
check("ivoa.obsplan has 26 columns", len(plan.columns) == 26, len(plan.columns))
check("the service has examples", len(service.examples) == 2, len(service.examples))

# Synchronous queries.
count = service.run_sync("SELECT COUNT(*) AS n FROM ivoa.obsplan")["n"][0]
check("sync: as many observations as were planned", count == len(observations), count)
centres = vectors(np.array([float(row["ra"]) for row in observations]),
                  np.array([float(row["dec"]) for row in observations]))
generator = np.random.default_rng(1)
for index in generator.choice(len(observations), 20, replace=False):
    ra, dec = float(observations[index]["ra"]) + 0.3, float(observations[index]["dec"])
    radius = generator.uniform(0.5, 5)
    expected = {observations[other]["id"] for other in
                np.flatnonzero(centres @ vectors(ra, dec) >= np.cos(np.radians(radius)))}
    answer = service.run_sync(
        "SELECT obs_id FROM ivoa.obsplan WHERE 1 = CONTAINS(POINT('ICRS', s_ra, s_dec), "
        f"CIRCLE('ICRS', {ra % 360!r}, {dec!r}, {radius!r}))")
    found = set(map(str, answer["obs_id"]))
    if found != expected:
        check(f"circle of {radius} degrees around {ra} {dec}", False, found ^ expected)
        break
else:
    check("20 circles hold the observations that they should", True)

# An asynchronous job over everything.
job = service.submit_job("SELECT * FROM sgs.tile_ownership", maxrec=1_000_000)
job.run()
job.wait(phases=["COMPLETED", "ERROR", "ABORTED"], timeout=300)
check("async: the job completes", job.phase == "COMPLETED", job.phase)
table = job.fetch_result().to_table()
job.delete()
check("async: a row for each tile", len(table) == len(tiles), len(table))
wrong = [row["tile"] for row in table
         if (row["primary_sdc"], row["secondary_sdc"])
         != tuple(tiles[row["survey"], row["tile"]][role] for role in ("primary", "secondary"))]
check("async: each tile with the owners of its plan", not wrong, wrong[:3])
check("async: columns keep their units and descriptions",
      str(table["ra"].unit) == "deg" and table["primary_sdc"].description.startswith("primary"))

# Faults come as faults.
try:
    service.run_sync("SELECT nothing FROM ivoa.obsplan")
    check("an unknown column is refused", False)
except pyvo.DALQueryError:
    check("an unknown column is refused", True)
for statement in ["DROP VIEW ivoa.obsplan", "SELECT * FROM sgs.assignment",
                  "SELECT * FROM pg_catalog.pg_authid"]:
    try:
        service.run_sync(statement)
        check(f"refused: {statement}", False)
    except pyvo.DALQueryError:
        check(f"refused: {statement}", True)
sys.exit(min(failures, 1))
