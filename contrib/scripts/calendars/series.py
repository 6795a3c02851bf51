#!/usr/bin/env python3
"""Random recurring events, as python-dateutil expands them, one JSON object a line.

series.py COUNT SEED

Rules are expanded on the wall's clock; what zoneinfo says the clock skips is taken out. DTSTART is
always the rule's first occurrence, for else RFC 5545 leaves the set open (section 3.8.5.3).
"""
import datetime as dt
import itertools
import json
import random
import signal
import sys
import warnings
import zoneinfo

from dateutil import rrule

warnings.simplefilter("ignore")
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
FREQS = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"]
ZONES = [
    "Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC",
    "Pacific/Auckland", "America/Santiago",
]
# Their clocks since 2007, so that a calendar can bring them along.
OWN = {
    "Europe/Rome": [
        ("STANDARD", "20071028T030000", "+0200", "+0100", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
        ("DAYLIGHT", "20070325T020000", "+0100", "+0200", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    ],
    "America/New_York": [
        ("DAYLIGHT", "20070311T020000", "-0500", "-0400", "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
        ("STANDARD", "20071104T020000", "-0400", "-0500", "FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
    ],
}
MOST = 60
UTC = dt.timezone.utc


def numbers(source, values, most):
    return sorted(source.sample(list(values), source.randint(1, most)))


def signed(source, last, most):
    return sorted({source.choice([1, -1]) * n for n in numbers(source, range(1, last + 1), most)})


def parts(source, frequency):
    """Random BY parts that the table of section 3.3.10 allows."""
    found = {}
    some = lambda chance: source.random() < chance
    long = frequency in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
    if some(0.35):
        found["BYMONTH"] = numbers(source, range(1, 13), 4)
    if frequency == "YEARLY" and some(0.2):
        found["BYWEEKNO"] = sorted(set(source.choice([[1], [52], [53], [-1], [10, 20, 53]])))
    if frequency not in ("DAILY", "WEEKLY", "MONTHLY") and some(0.15):
        found["BYYEARDAY"] = signed(source, 366, 5)
    if frequency != "WEEKLY" and some(0.3):
        found["BYMONTHDAY"] = signed(source, 31, 4)
    if some(0.45):
        if frequency in ("YEARLY", "MONTHLY") and "BYWEEKNO" not in found and some(0.5):
            most = 5 if frequency == "MONTHLY" or "BYMONTH" in found else 53
            found["BYDAY"] = [
                f"{n}{source.choice(DAYS)}" for n in signed(source, most, 2)]
        else:
            found["BYDAY"] = source.sample(DAYS, source.randint(1, 4))
    if some(0.3):
        found["BYHOUR"] = numbers(source, range(24), 3)
    if some(0.25):
        found["BYMINUTE"] = numbers(source, range(60), 3)
    if some(0.15):
        found["BYSECOND"] = numbers(source, range(60), 2)
    if found and long and some(0.25):
        found["BYSETPOS"] = signed(source, 4, 2)
    return found


def expand(rule, start, last):
    """What dateutil gives from a start on, at most a few more than are kept; nothing where it has
    no answer in half a second, as it goes on to the year 9999 where nothing comes."""
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.5)
        found = rrule.rrulestr(rule, dtstart=start)
        return list(itertools.takewhile(lambda t: t <= last, itertools.islice(found, MOST + 5)))
    except (ValueError, TimeoutError):
        return []
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def stamp(time):
    return time.strftime("%Y%m%dT%H%M%S")


def instant(wall, zone):
    return int(wall.replace(tzinfo=zone).timestamp())


def is_skipped(wall, zone):
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall


def one(source, number):
    """A series; None where the dice give none."""
    name = source.choice(ZONES)
    zone = zoneinfo.ZoneInfo(name)
    frequency = source.choices(FREQS, [5, 6, 5, 5, 3, 2, 1])[0]
    is_date = frequency in FREQS[:4] and source.random() < 0.1
    if is_date:
        name, zone = "UTC", zoneinfo.ZoneInfo("UTC")
    by = parts(source, frequency)
    if is_date:
        by = {k: v for k, v in by.items() if k not in ("BYHOUR", "BYMINUTE", "BYSECOND")}
        if list(by) == ["BYSETPOS"]:
            by = {}
    texts = [f"FREQ={frequency}"]
    interval = source.choice([1, 1, 1, 2, 3, 5, 7, 13, 90])
    if interval > 1:
        texts.append(f"INTERVAL={interval}")
    if source.random() < 0.25:
        texts.append(f"WKST={source.choice(DAYS)}")
    texts += [f"{k}={','.join(map(str, v))}" for k, v in by.items()]
    base = dt.datetime(2020, 1, 1) + dt.timedelta(days=source.randint(0, 1500))
    clock = (source.choice([0, 1, 2, 3, 8, 17, 23]), source.choice([0, 0, 30]), 0)
    base = base.replace(hour=clock[0], minute=clock[1])
    if is_date:
        base = base.replace(hour=0, minute=0)
    # As far as dateutil, which tries every second, comes in a moment.
    days = {"YEARLY": 10980, "MONTHLY": 2928, "WEEKLY": 1098, "MINUTELY": 60, "SECONDLY": 2}
    last = base + dt.timedelta(days=days.get(frequency, 400))
    rule = ";".join(texts)
    first = expand(rule, base, last)
    if not first:
        return None
    start = first[0]
    found = expand(rule, start, last)
    if len(found) < 2 or found[0] != start:
        return None
    # The end: by COUNT, by UNTIL, or by how far is asked.
    found = found[:MOST]
    end = found[-1]
    kind = source.choice(["count", "until", "until", "open"])
    until = None
    if kind == "count":
        count = source.randint(2, len(found))
        found, extra = found[:count], f";COUNT={count}"
    elif kind == "until":
        keep = source.randint(2, len(found))
        found = found[:keep]
        until = found[-1]
        if is_date:
            extra = f";UNTIL={until:%Y%m%d}"
        else:
            extra = f";UNTIL={dt.datetime.fromtimestamp(instant(until, zone), UTC):%Y%m%dT%H%M%SZ}"
    else:
        extra = ""
    kept = [t for t in found if t == start or not is_skipped(t, zone)]
    own = name in OWN and source.random() < 0.5
    tzid = "Own " + name if own else name
    lead = ";VALUE=DATE:" if is_date else (":" if name == "UTC" else f";TZID={tzid}:")
    write = (lambda t: f"{t:%Y%m%d}") if is_date else (
        lambda t: stamp(t) + ("Z" if name == "UTC" else ""))
    event = ["UID:s", "DTSTART" + lead + write(start), "DURATION:" + ("P1D" if is_date else "PT1H"),
             f"RRULE:{rule}{extra}"]
    out = sorted(source.sample(kept[1:], min(len(kept) - 1, source.choice([0, 0, 1, 2]))))
    if out:
        event.append("EXDATE" + lead + ",".join(map(write, out)))
    more = []
    if source.random() < 0.3:
        more = [start + dt.timedelta(days=source.randint(1, 200))]
        event.append("RDATE" + lead + ",".join(map(write, more)))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    if own:
        lines += ["BEGIN:VTIMEZONE", "TZID:" + tzid]
        for part, onset, before, after, yearly in OWN[name]:
            lines += [f"BEGIN:{part}", f"DTSTART:{onset}", f"TZOFFSETFROM:{before}",
                      f"TZOFFSETTO:{after}", f"RRULE:{yearly}", f"END:{part}"]
        lines.append("END:VTIMEZONE")
    lines += ["BEGIN:VEVENT"] + event + ["END:VEVENT", "END:VCALENDAR"]
    through = instant(end, zone)
    # What is taken out or comes in by name is the same for both expanders.
    removed = {instant(t, zone) for t in out}
    added = [instant(t, zone) for t in more]
    starts = sorted(({instant(t, zone) for t in kept} | set(added)) - removed)
    return {
        "number": number, "calendar": lines, "through": through,
        "rule": rule, "count": len(found) if kind == "count" else None,
        "until": stamp(until) if until else None, "start": stamp(start), "zone": name,
        "last": stamp(end), "removed": sorted(removed), "added": added,
        "python": [s for s in starts if s <= through],
    }


def give_up(*_):
    raise TimeoutError


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    signal.signal(signal.SIGVTALRM, give_up)
    found = 0
    for number in itertools.count():
        if found == count:
            break
        series = one(random.Random(f"{seed} {number}"), number)
        if series:
            print(json.dumps(series))
            found += 1


main()
