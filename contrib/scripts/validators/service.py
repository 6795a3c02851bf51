"""Asks `sgs serve` by pyvo, astropy and mocpy, and compares its answers with a published plan.

service.py URL PLAN FILES: the service's address, the folder of the plan, and a folder that gets the
VOTables for a validator.  The plan's survey need not be the only one.
"""
import csv
import io
import json
import pathlib
import random
import sys
import urllib.error
import urllib.parse
import urllib.request

import numpy as np
import pyvo
from astropy import units as u
from astropy.coordinates import Latitude, Longitude, SkyCoord
from astropy.io.votable import parse_single_table
from astropy.table import Table
from astropy.time import Time
from mocpy import MOC, STMOC

base, plan, files = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
survey = json.load(open(plan / "plan.json"))["plan"]["survey"]
rows = list(csv.DictReader(open(plan / "assignments.csv")))
items = {kind: [row for row in rows if row["kind"] == kind] for kind in ("tile", "observation")}
generator = random.Random(1)
failures = 0


def check(what, right, found=""):
    global failures
    print(f"{'ok  ' if right else 'FAIL'} {what} {found if not right else ''}".rstrip())
    failures += not right


def get(path, **parameters):
    """The status and body of an answer."""
    query = urllib.parse.urlencode({"survey": survey, **parameters})
    try:
        with urllib.request.urlopen(f"{base}{path}?{query}") as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def owner(ra, dec, at):
    """The answer of /v1/owner, or None where no plan or tile holds the position."""
    status, body = get("/v1/owner", ra=ra, dec=dec, at=at, format="json")
    assert status in (200, 404), (status, body)
    return json.loads(body) if status == 200 else None


def cone_searches():
    for kind, all_items in items.items():
        service = pyvo.dal.SCSService(f"{base}/scs/{kind}s?survey={survey}&")
        sky = SkyCoord([float(row["ra"]) for row in all_items],
                       [float(row["dec"]) for row in all_items], unit="deg")
        wrong = []
        for row in generator.sample(all_items, 20):
            centre = SkyCoord(float(row["ra"]), float(row["dec"]), unit="deg")
            radius = generator.uniform(0.1, 4)
            expected = {all_items[index]["id"]
                        for index in np.flatnonzero(sky.separation(centre).deg <= radius)}
            answer = service.search(pos=centre, radius=radius * u.deg)
            name = answer.fieldname_with_ucd("ID_MAIN") or answer.fieldname_with_ucd("meta.id;meta.main")
            found = {str(record[name]) for record in answer}
            if found != expected:
                wrong.append((row["id"], radius, found ^ expected))
        check(f"cone search: 20 cones of {kind}s as planned", not wrong, wrong[:1])
        try:
            service.search(pos=centre, radius=500 * u.deg)
            check(f"cone search: a wrong radius is an error ({kind}s)", False)
        except pyvo.DALServiceError:
            check(f"cone search: a wrong radius is an error ({kind}s)", True)
        except pyvo.DALQueryError:
            check(f"cone search: a wrong radius is an error ({kind}s)", True)


def random_questions(count):
    """Positions in and around tiles, and dates in and around the plan's period."""
    times = sorted(row["time"] for row in items["observation"])
    first, last = Time(times[0].rstrip("Z")), Time(times[-1].rstrip("Z"))
    span = last - first
    for _ in range(count):
        row = generator.choice(items["tile"])
        dec = max(-90, min(90, float(row["dec"]) + generator.uniform(-0.6, 0.6)))
        ra = (float(row["ra"]) + generator.uniform(-1, 1)) % 360
        yield ra, dec, first + span * generator.uniform(-0.3, 1.3)


def coverage(role_of, contains, what):
    """Compares a coverage with /v1/owner; near an edge the coverage may hold more."""
    questions = list(random_questions(1000))
    held = contains(questions)
    missing, extra, edges, inside = [], [], 0, 0
    for (ra, dec, time), is_held in zip(questions, held):
        at = time.isot + "Z"
        owned = role_of(owner(ra, dec, at))
        inside += owned
        if owned and not is_held:
            missing.append((ra, dec, at))
        elif is_held and not owned:
            # The diagonal of a cell of order 10 is 0.081 degrees at most.
            here = SkyCoord(ra, dec, unit="deg")
            around = [here.directional_offset_by(angle * u.deg, radius * u.deg)
                      for angle in range(0, 360, 15) for radius in (0.02, 0.05, 0.085)]
            if any(role_of(owner(place.ra.deg, place.dec.deg, at)) for place in around):
                edges += 1
            else:
                extra.append((ra, dec, at))
    check(f"{what}: 1,000 positions and dates as /v1/owner ({inside} held, {edges} at an edge)",
          not missing and not extra and 0 < inside < 1000, (missing[:2], extra[:2]))


def coverages():
    def fits(path, name, **parameters):
        status, body = get(path, format="fits", **parameters)
        assert status == 200, (status, body)
        (files / name).write_bytes(body)
        return str(files / name)

    def in_space_time(moc):
        return lambda questions: moc.contains(
            Time([time for _, _, time in questions]),
            Longitude([ra for ra, _, _ in questions], u.deg),
            Latitude([dec for _, dec, _ in questions], u.deg))

    whole = STMOC.load(fits("/v1/stmoc", "stmoc.fits"), "fits")
    coverage(lambda answer: answer is not None, in_space_time(whole), "ST-MOC of the plan")
    sdc = items["tile"][0]["primary"]
    own = STMOC.load(fits("/v1/stmoc", "own.fits", sdc=sdc), "fits")
    coverage(lambda answer: answer is not None and answer["primary"] == sdc, in_space_time(own),
             f"ST-MOC of {sdc}")
    at = items["tile"][0]["time"]
    moc = MOC.from_fits(fits(f"/v1/sdcs/{sdc}/moc", "moc.fits", at=at))
    same = [MOC.from_string(get(f"/v1/sdcs/{sdc}/moc", format=form, at=at)[1].decode(), form) == moc
            for form in ("ascii", "json")]
    check("MOC: FITS, ASCII and JSON hold the same cells", all(same), same)
    tiles = [row for row in items["tile"] if row["primary"] == sdc]
    held = moc.contains_lonlat(Longitude([float(row["ra"]) for row in tiles], u.deg),
                               Latitude([float(row["dec"]) for row in tiles], u.deg))
    check(f"MOC: holds the centres of {len(tiles)} tiles of {sdc}", held.all())


def tables():
    """Every kind of answer as VOTable and ECSV, by astropy."""
    tile, observation = items["tile"][0], items["observation"][0]
    sdc = tile["primary"]
    quote = lambda text: urllib.parse.quote(text, safe="")
    answers = {
        "tile": (f"/v1/tiles/{quote(tile['id'])}/owner", {}),
        "history": (f"/v1/tiles/{quote(tile['id'])}/history", {}),
        "observation": (f"/v1/observations/{quote(observation['id'])}/owner", {}),
        "position": ("/v1/owner", {"ra": tile["ra"], "dec": tile["dec"]}),
        "sdcs": ("/v1/sdcs", {}),
        "load": (f"/v1/sdcs/{sdc}/load", {}),
        "changes": ("/v1/changes", {"since": "2000-01-01T00:00:00Z"}),
        "distributions": ("/v1/distributions", {}),
    }
    for name, (path, parameters) in answers.items():
        status, body = get(path, format="votable", **parameters)
        (files / f"{name}.vot").write_bytes(body)
        if status != 200:
            check(f"{name} as VOTable", False, (status, body[:200]))
            continue
        try:
            table = parse_single_table(io.BytesIO(body), verify="exception").to_table()
        except Exception as fault:
            check(f"{name} as VOTable", False, fault)
            continue
        plain = Table.read(get(path, format="ecsv", **parameters)[1].decode(), format="ascii.ecsv")
        check(f"{name}: VOTable and ECSV agree ({len(table)} rows)",
              len(table) == len(plain) > 0 and table.colnames == plain.colnames
              and all(table[column].unit == plain[column].unit for column in table.colnames))
    table = parse_single_table(str(files / "tile.vot")).to_table()
    check("a tile's owner is that of the plan",
          (table["primary"][0], table["secondary"][0]) == (tile["primary"], tile["secondary"]))
    status, body = get("/v1/owner", ra=tile["ra"], dec=tile["dec"])
    check("the position's owner is the tile's", json.loads(body)["primary"] == tile["primary"])
    for kind, all_items in items.items():
        status, body = get(f"/scs/{kind}s", RA=all_items[0]["ra"], DEC=all_items[0]["dec"], SR=2)
        (files / f"cone-{kind}s.vot").write_bytes(body)


def interfaces():
    from pyvo.io.vosi import parse_availability, parse_capabilities
    available = parse_availability(io.BytesIO(urllib.request.urlopen(f"{base}/vosi/availability").read()))
    check("VOSI: the service is available", available.available)
    capabilities = parse_capabilities(
        io.BytesIO(urllib.request.urlopen(f"{base}/vosi/capabilities").read()))
    standards = {capability.standardid for capability in capabilities}
    check("VOSI: cone search is among the capabilities",
          "ivo://ivoa.net/std/ConeSearch" in standards, standards)


cone_searches()
tables()
interfaces()
coverages()
sys.exit(min(failures, 1))
