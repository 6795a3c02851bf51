"""The valid inputs that are mutated: a small case and each kind of file that it may have."""
import gzip
import math
import pathlib
import shutil
import sqlite3
import subprocess

BASE = pathlib.Path("Tests/Inputs/faults/base")
FIELDS = [(str(number + 1), 61479.25 + 0.7 * number, 10.0 + 2 * (number % 4),
           -10.0 + 2 * (number // 4)) for number in range(16)]

RSD_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<Survey xmlns:s="urn:survey">\n'
CALENDARS = ["""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Fuzz//made by hand//EN
BEGIN:VTIMEZONE
TZID:Made/Zone
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:monthly@fuzz.example
DTSTAMP:20261101T000000Z
DTSTART;TZID=Made/Zone:20270105T080000
DURATION:PT6H
RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=30
EXDATE;TZID=Made/Zone:20270202T080000
SUMMARY:pumps\\, valves
 and a folded line
X-SGS-AVAILABILITY:0.25
END:VEVENT
BEGIN:VEVENT
UID:monthly@fuzz.example
DTSTAMP:20261101T000000Z
RECURRENCE-ID;TZID=Made/Zone:20270406T080000
DTSTART;TZID=Made/Zone:20270407T080000
DURATION:PT2H
END:VEVENT
END:VCALENDAR
""", """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Fuzz//made by hand//EN
BEGIN:VEVENT
UID:nightly@fuzz.example
DTSTAMP:20261101T000000Z
DTSTART;TZID=Europe/Rome:20270326T013000
DURATION:PT3H
RRULE:FREQ=DAILY;UNTIL=20270405T000000Z;INTERVAL=2
RDATE;VALUE=PERIOD:20270320T000000Z/PT1H,20270321T000000Z/20270321T020000Z
END:VEVENT
BEGIN:VEVENT
UID:day@fuzz.example
DTSTAMP:20261101T000000Z
DTSTART;VALUE=DATE:20270322
DTEND;VALUE=DATE:20270324
STATUS:TENTATIVE
END:VEVENT
BEGIN:VEVENT
UID:weekly@fuzz.example
DTSTAMP:20261101T000000Z
DTSTART:20270301T000000Z
DTEND:20270301T010000Z
RRULE:FREQ=WEEKLY;WKST=SU;BYDAY=MO,WE,FR;BYHOUR=0,12;BYSETPOS=1,-1
EXDATE:20270303T000000Z,20270305T000000Z
END:VEVENT
END:VCALENDAR
"""]
SCENARIO = """set: {SDC-A.cores: +10%, SDC-B.storage: 700}
maintenance:
  - {sdc: SDC-B, start: 2027-03-20, end: 2027-03-22T12:00:00Z, availability: 0.5, summary: "x"}
pins: [{observation: "3", sdc: SDC-C, role: primary, reason: "why"}]
forbid: [{sdc: SDC-A, kind: CALIBRATION}, {sdc: SDC-B, observation: "5"}]
"""
MORE = """base: none
history: none
freeze: {before: 2027-03-20}
pins:
  - {observation: "1", sdc: SDC-A, role: primary, reason: "asked", until: 2027-04-01}
forbid:
  - {sdc: SDC-C, kind: CALIBRATION, reason: "no agreement"}
weights: {stability: 0.01, failover: 0.1}
seed: 1
effort: quick
limits: {gap: 0.005}
"""


def rsd():
    requests = []
    for name, start, longitude, latitude in FIELDS:
        pointings = "".join(
            f'  <PointingRequest id="{name}{dither}" ditherId="{dither}">\n'
            f"   <Mjd2000>{round((start - 51544 + dither / 80) * 100000)}</Mjd2000><SAA>90.5</SAA>\n"
            f"   <Attitude><Longitude>{longitude}</Longitude><Latitude>{latitude}</Latitude>"
            f"<PositionAngle>{dither * 0.5}</PositionAngle></Attitude>\n  </PointingRequest>\n"
            for dither in range(2))
        requests.append(f' <ObservationRequest id="{name}">\n  <SurveyId>WIDE_SURVEY</SurveyId>\n'
                        f"  <!-- one field -->\n{pointings} </ObservationRequest>\n")
    return (RSD_HEAD + "".join(requests) + "</Survey>\n").encode()


def ecsv():
    head = ["# %ECSV 1.0", "# ---", "# delimiter: ','", "# datatype:",
            "# - {name: obs, datatype: string}",
            "# - {name: start, unit: d, datatype: float64, description: MJD UTC}",
            "# - {name: exptime, unit: s, datatype: float64}",
            "# - {name: ra, unit: deg, datatype: float64}",
            "# - {name: dec, unit: deg, datatype: float64}", "# schema: astropy-2.0",
            "obs,start,exptime,ra,dec"]
    return "\n".join(head + [f"{n},{t},4400.0,{r},{d}" for n, t, r, d in FIELDS] + [""]).encode()


def sqlite(path):
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE observations (observationId INTEGER PRIMARY KEY, note TEXT,"
                     " observationStartMJD REAL, visitTime REAL, fieldRA REAL, fieldDec REAL,"
                     " rotSkyPos REAL)")
    database.executemany("INSERT INTO observations VALUES (?, 'x', ?, 4400, ?, ?, 0)",
                         [(int(n), t, r, d) for n, t, r, d in FIELDS])
    database.commit()
    database.close()
    return path.read_bytes()


def columns(form):
    return {
        "csv": "{id: obs, start: start_utc, duration: seconds, ra: ra_deg, dec: dec_deg}",
        "ecsv": "{id: obs, start: start, duration: exptime, ra: ra, dec: dec}",
        "sqlite": "{id: observationId, start: observationStartMJD, duration: visitTime,"
                  " ra: fieldRA, dec: fieldDec, angle: rotSkyPos}",
    }.get(form)


def plan_yaml(text, form, file):
    """The request of the base case for a survey in another format."""
    lines = []
    for line in text.splitlines():
        if line.strip().startswith("file:"):
            line = f"  file: {file}"
        elif line.strip().startswith("format:"):
            line = f"  format: {form}"
        elif line.strip().startswith("columns:"):
            if not columns(form):
                continue
            line = f"  columns: {columns(form)}"
        lines.append(line)
    return "\n".join(lines) + "\n"


class Corpus:
    """All seeds, and how a case of each kind is laid out."""

    def __init__(self, sgs, folder):
        self.plan_text = (BASE / "plan.yaml").read_text()
        self.sdcs = {path.name: path.read_bytes() for path in sorted((BASE / "sdcs").iterdir())}
        self.csv = (BASE / "survey.csv").read_bytes()
        self.surveys = {"csv": ("survey.csv", self.csv), "rsd": ("survey.xml", rsd()),
                        "ecsv": ("survey.ecsv", ecsv()),
                        "sqlite": ("survey.db", sqlite(folder / "seed.db"))}
        self.calendars = [text.replace("\n", "\r\n").encode() for text in CALENDARS]
        self.calendars += [path.read_bytes() for path in
                           sorted(BASE.parent.glob("*/case*/sdcs/*.ics"))]
        self.yaml_full = self.plan_text + MORE
        self.scenario = SCENARIO.encode()
        self.plans, self.tables = [], []
        for name, text in [("base", self.plan_text), ("full", self.yaml_full)]:
            case = folder / f"seed-{name}"
            shutil.rmtree(case, ignore_errors=True)
            self.lay(case, text)
            subprocess.run([sgs, "plan", str(case), "--steps", "2000", "--effort", "quick",
                            "--threads", "1", "--output", str(case / "out")],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.plans.append((case / "out/plan.json").read_bytes())
            self.tables.append((case / "out/assignments.csv").read_bytes())

    def lay(self, folder, plan_text=None, survey=None):
        """A case in `folder`; `survey` is (name, bytes), the base's table by default."""
        (folder / "sdcs").mkdir(parents=True)
        (folder / "plan.yaml").write_text(plan_text or self.plan_text)
        name, data = survey or self.surveys["csv"]
        (folder / name).write_bytes(data)
        for name, data in self.sdcs.items():
            (folder / "sdcs" / name).write_bytes(data)


def compressed(data):
    return gzip.compress(data, mtime=0)


assert all(math.isfinite(field[1]) for field in FIELDS)
