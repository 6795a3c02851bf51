"""Mutations: of bytes, of lines and tokens, of JSON by its structure."""
import hashlib
import json
import re

NUMBERS = ["0", "-1", "1", "-0", "1e300", "-1e300", "1e-300", "1e18", "1e15", "1e999", "nan", "NaN",
           "inf", "-inf", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
           "18446744073709551615", "99999999999999999999999999", "0x10", "1e", "1.5", "0.1",
           "4e-320", "359.9999999999999999", "360", "-90.00000000000001", "2147483648", "61479.25",
           "2460000.5", "1_000", "١٢", "1,5", "+5", "٣"]
DATES = ["00000101T000000Z", "99991231T235959Z", "20270328T023000", "20271331T000000Z",
         "20270230", "19691231T235959Z", "20270328", "21300101T000000Z", "2027-02-30", "0001-01-01",
         "9999-12-31T24:00:00Z", "2027-03-28T02:30:00", "2027-03-28T02:30:00+99:99", "1e9-01-01",
         "20270328T0230", "P1D", "PT1H", "P999999999999W", "-PT1H", "20270320T000000Z/P9999999D"]
RULES = ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=DAILY", "FREQ=WEEKLY",
         "FREQ=MONTHLY", "FREQ=YEARLY", "INTERVAL=0", "INTERVAL=1", "INTERVAL=99999999",
         "COUNT=0", "COUNT=99999999999", "COUNT=5", "UNTIL=20270401", "UNTIL=20270401T000000Z",
         "UNTIL=99991231T235959Z", "BYSETPOS=-1", "BYSETPOS=366", "BYMONTHDAY=-1", "BYMONTHDAY=31",
         "BYYEARDAY=-366", "BYWEEKNO=53", "BYDAY=5MO", "BYDAY=-53SU", "BYDAY=MO,TU,WE,TH,FR,SA,SU",
         "BYHOUR=0,1,2,23,24", "BYMINUTE=59", "BYSECOND=60", "BYMONTH=2,13", "WKST=XX", "RSCALE=HEBREW",
         "SKIP=FORWARD", "FREQ=", "=", "BYDAY="]
TEXTS = ["", " ", "#", "\"", "'", ",", ";", ":", "\\", "\t", "\u0000", "\u2028", "é", "é", "🛰",
         "=cmd|' /C calc'!A0", "../../../etc/passwd", "/dev/zero", "/dev/stdin", "&amp;", "<", "]]>",
         "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "%s%n", "${HOME}", "null", "~", "true", "[]", "{}",
         "!!binary x", "&a [*a]", "*a", "---", "...", "- - - -", "? ", "|", ">", "@", "`"]
NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
TOKEN = re.compile(rb"[A-Za-z0-9_.+-]+")


def splice(data, start, end, new):
    return data[:start] + new + data[end:]


def bytes_once(random, data, other):
    """One mutation without any knowledge of the format."""
    size = len(data)
    start = random.randrange(size + 1)
    end = min(size, start + random.choice([1, 2, 8, 40, 200, 2000]))
    kind = random.randrange(14)
    if kind == 0 and size:
        place = random.randrange(size)
        return splice(data, place, place + 1, bytes([data[place] ^ 1 << random.randrange(8)]))
    if kind == 1:
        return splice(data, start, start, random.randbytes(random.choice([1, 2, 16])))
    if kind == 2:
        return splice(data, start, end, b"")
    if kind == 3:
        return splice(data, start, start, data[start:end] * random.choice([1, 1, 2, 50]))
    if kind == 4:
        return data[:start]
    if kind == 5:
        return splice(data, start, start, b"\0" * random.choice([1, 4, 4096]))
    if kind == 6:
        return random.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"]) + data
    if kind == 7:
        text = data.decode("utf-8", "replace")
        return text.encode(random.choice(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"]))
    if kind == 8:
        return data.decode("latin-1").encode("utf-8", "replace")
    if kind == 9:
        return splice(data, start, start, random.choice([b"A", b"9", b"\"", b"[", b" ", b"\xc3"])
                      * random.choice([300, 5000, 300000]))
    if kind == 10 and other:
        place = random.randrange(len(other))
        return splice(data, start, end, other[place:place + 200])
    if kind == 11:
        return data.replace(b"\r\n", b"\n").replace(b"\n", random.choice([b"\r", b"\r\n", b"\n\n"]))
    if kind == 12:
        return splice(data, start, start, bytes([random.choice([0x80, 0xC0, 0xED, 0xF8, 0xFF])]))
    return splice(data, start, start, random.choice(TEXTS).encode())


def lines_once(random, data, other):
    """One mutation of lines or of what stands in them."""
    lines = data.split(b"\n")
    place = random.randrange(len(lines))
    kind = random.randrange(12)
    if kind == 0:
        lines.insert(place, lines[random.randrange(len(lines))])
    elif kind == 1:
        del lines[place]
    elif kind == 2:
        second = random.randrange(len(lines))
        lines[place], lines[second] = lines[second], lines[place]
    elif kind == 3:
        lines[place:place] = lines[place:place + 12] * random.choice([1, 3, 200])
    elif kind == 4:
        lines[place] = b" " * random.choice([1, 2, 9]) + lines[place]
    elif kind == 5:
        lines[place] = lines[place].lstrip()
    elif kind == 6 and other:
        more = other.split(b"\n")
        lines.insert(place, more[random.randrange(len(more))])
    elif kind == 7:
        lines[place] += random.choice(TEXTS).encode()
    else:
        return token_once(random, data)
    return b"\n".join(lines)


def token_once(random, data):
    """Another number, date or word in place of one that is there."""
    pattern = NUMBER if random.random() < 0.6 else TOKEN
    found = list(pattern.finditer(data))
    if not found:
        return data
    spot = random.choice(found)
    kind = random.randrange(5)
    if kind <= 1:
        new = random.choice(NUMBERS).encode()
    elif kind == 2:
        new = random.choice(DATES).encode()
    elif kind == 3:
        new = random.choice(found).group()
    else:
        new = random.choice(TEXTS).encode()
    return splice(data, spot.start(), spot.end(), new)


def calendar_once(random, data, other):
    """One mutation of a calendar by its grammar."""
    if random.random() < 0.5:
        return lines_once(random, data, other)
    kind = random.randrange(4)
    if kind == 0:
        parts = random.sample(RULES, random.randrange(1, 5))
        rule = b"RRULE:" + ";".join(parts).encode()
        if random.random() < 0.7:
            return re.sub(rb"RRULE:[^\r\n]*", lambda _: rule, data, count=random.randrange(1, 4))
        return data.replace(b"END:VEVENT", rule + b"\r\nEND:VEVENT", 1)
    if kind == 1:
        found = list(re.finditer(rb"RRULE:([^\r\n]*)", data))
        if not found:
            return data
        spot = random.choice(found)
        parts = spot.group(1).split(b";")
        random.shuffle(parts)
        parts.append(random.choice(RULES).encode())
        return splice(data, spot.start(1), spot.end(1), b";".join(parts))
    found = list(re.finditer(rb"\d{8}(T\d{6}Z?)?", data))
    if kind == 2 and found:
        spot = random.choice(found)
        return splice(data, spot.start(), spot.end(), random.choice(DATES).encode())
    names = [b"EXDATE", b"RDATE", b"RECURRENCE-ID", b"DTEND", b"DURATION", b"TZOFFSETTO", b"TZID"]
    forms = [b"", b";VALUE=DATE", b";VALUE=PERIOD", b";TZID=Europe/Rome", b";TZID=\"No\\, where\""]
    line = random.choice(names) + random.choice(forms) + b":" + random.choice(DATES).encode()
    end = random.choice([b"END:VEVENT", b"END:STANDARD", b"END:VTIMEZONE", b"END:VCALENDAR"])
    return data.replace(end, line + b"\r\n" + end, 1)


# JSON that json.dumps has not: put in place of a mark after it.
RAW = {f"@@{place}@@": text for place, text in enumerate(
    ["1e999", "-1e999", "NaN", "Infinity", "1e300", "1e-300", "-0.0", "1E+2", "01", "+1", "1.", "99" * 30,
     "[" * 600 + "]" * 600, "[" * 200 + "]" * 200, '{"a":' * 300 + "1" + "}" * 300, '"\\ud800"',
     '"\\u0000"', "tru", "'x'", "/**/1", "1 2", ""])}
VALUES = [None, True, False, 0, 1, -1, 2, 64, 0.5, -0.5, 1e15, 1e18, 1e300, -1e300, 1e-300, 4e-320,
          2**31, 2**53, 2**63 - 1, 2**63, -2**63 - 1, 2**64 - 1, 61409, 61479.25, 1e9, "", "SDC-A", "SDC-X",
          "x" * 5000, "é", "\0", "\n", "1", "NaN", [], [[]], {}, [0], [0, 0], [[0, 0]] * 3, [1e300] * 2,
          {"a": 1}, list(range(64)), [0.0] * 20000]


def paths(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from paths(part, path + (key,))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from paths(part, path + (place,))


def value_at(value, path):
    for step in path:
        value = value[step]
    return value


def json_once(random, content):
    """One mutation of content by its structure, in place."""
    every = list(paths(content))[1:]
    # Paths in long lists would leave the rest alone.
    depth = random.randrange(1, 5)
    some = [path for path in every if len(path) == depth] or every
    path = random.choice(some)
    parent, key, old = value_at(content, path[:-1]), path[-1], value_at(content, path)
    kind = random.randrange(12)
    number = isinstance(old, (int, float)) and not isinstance(old, bool)
    if kind == 0:
        del parent[key]
    elif kind == 1 and isinstance(parent, list):
        parent.insert(random.randrange(len(parent) + 1), old)
    elif kind == 2 and isinstance(parent, list):
        second = random.randrange(len(parent))
        parent[key], parent[second] = parent[second], parent[key]
    elif kind == 3:
        parent[key] = value_at(content, random.choice(some))
    elif kind == 4:
        parent[key] = random.choice(list(RAW))
    elif kind in (5, 6, 7) and number:
        parent[key] = random.choice([old + 1, old - 1, -old, old * 2, old / 3, old * 1e6, old + 1e-9,
                                     old * (1 + 1e-12), old + 0.5, old * 1e12])
    elif kind == 8 and isinstance(old, list):
        parent[key] = (old * random.choice([2, 30]))[:20000]
    elif kind == 9 and isinstance(old, list):
        random.shuffle(old)
    elif kind == 10 and isinstance(parent, dict):
        parent[random.choice(["more", "id", "bucket", ""])] = old
    else:
        parent[key] = random.choice(VALUES)


def possible_once(random, content):
    """A change of content that a plan can hold all the same, so that what follows is reached."""
    names = [sdc["id"] for sdc in content["sdcs"]]
    kind = random.randrange(6)
    if kind == 0:
        sdc = random.choice(content["sdcs"])
        field = random.choice(["cores", "storage", "used"])
        sdc[field] = random.choice([1e-30, 1e-9, 1, 1e15, sdc[field] * 10 ** random.randint(-5, 5) or 1])
    elif kind == 1:
        part = content[random.choice(["processing", "balance", "weights"])]
        field = random.choice([name for name in part if name != "latency"])
        part[field] = random.choice([0, 1e-300, 1e-9, 1e15, part[field] * 10 ** random.randint(-5, 5)])
    elif kind == 2:
        for item in random.sample(content["observations"] + content["tiles"], random.choice([1, 5])):
            item["primary"], item["secondary"] = random.sample(names, 2)
            if "copiesTo" in item:
                item["copiesTo"] = []
    elif kind == 3:
        start = random.uniform(*content["period"])
        random.choice(content["sdcs"])["maintenance"] += [
            {"availability": random.choice([0, 0.5, 1]), "start": start, "summary": "",
             "end": min(2_900_000, start + random.choice([0, 1e-9, 0.5, 3, 1e6])), "uid": "x"}
        ] * random.choice([1, 1, 300])
    elif kind == 4:
        item = random.choice(content["observations"])
        content.setdefault("pins", []).append(
            {"kind": "observation", "id": item["id"], "sdc": random.choice(names), "reason": "",
             "role": random.choice(["primary", "secondary"])})
    else:
        content.setdefault("prohibitions", []).extend(
            {"kind": "tile", "id": tile["id"], "sdc": random.choice(names), "reason": "x"}
            for tile in random.sample(content["tiles"], min(5, len(content["tiles"]))))


HEAD = len('{"digest":"","plan":') + 64


def plan_document(content):
    digest = hashlib.sha256(content).hexdigest()
    return b'{"digest":"' + digest.encode() + b'","plan":' + content + b"}\n"


def plan_json(random, data):
    """A plan.json that is changed and has the digest of what it then holds."""
    content = data[HEAD:-2]
    if random.random() < 0.3:
        value = json.loads(content)
        for _ in range(random.choice([1, 2, 4])):
            possible_once(random, value)
        content = json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
        return plan_document(content)
    if random.random() < 0.75:
        value = json.loads(content)
        for _ in range(random.choice([1, 1, 1, 2, 3])):
            # Deep copies keep one mutation from showing in two places.
            value = json.loads(json.dumps(value))
            json_once(random, value)
        text = json.dumps(value, sort_keys=random.random() < 0.9, separators=(",", ":"))
        for mark, raw in RAW.items():
            text = text.replace(f'"{mark}"', raw)
        content = text.encode()
    elif random.random() < 0.7:
        content = token_once(random, content)
    else:
        content = bytes_once(random, content, data)
    document = plan_document(content)
    return document if random.random() < 0.97 else bytes_once(random, document, data)
