"""A planned case, as the peers see it: read from plan.json and plan.yaml, rules and measures of its own."""
import json
import math
import os

import yaml

ROUNDING = 1e-6


class Problem:
    """What a distribution has to satisfy and what it costs; items are observations, then tiles."""

    def __init__(self, case, run):
        """`case` is the folder of the planning case, `run` that of a run of `sgs plan` on it."""
        with open(os.path.join(run, "plan.json")) as file:
            plan = json.load(file)["plan"]
        with open(os.path.join(case, "plan.yaml")) as file:
            request = yaml.safe_load(file)
        self.name = plan["name"]
        self.sdcs = plan["sdcs"]
        self.names = [sdc["id"] for sdc in self.sdcs]
        self.observations, self.tiles = plan["observations"], plan["tiles"]
        self.balance, self.failover = plan["balance"], plan["weights"]["failover"]
        cost = plan["processing"]
        self.work = cost["observationWork"], cost["tileWork"]
        self.volume = cost["observationVolume"], cost["tileVolume"]
        self.start, self.end = plan["period"]
        length = plan["bucket"]
        self.buckets = max(1, math.floor((self.end - self.start) / length + 1e-9))
        edges = [self.start + k * length for k in range(self.buckets)] + [self.end]
        rates = [[sdc["cores"] * sdc["efficiency"] * mean_availability(sdc, a, b)
                  for a, b in zip(edges, edges[1:])] for sdc in self.sdcs]
        totals = [sum(column) for column in zip(*rates)]
        self.share = [[r / max(t, 1e-9) for r, t in zip(row, totals)] for row in rates]
        hours = [(b - a) * 24 for a, b in zip(edges, edges[1:])]
        self.capacity = [[r * h for r, h in zip(row, hours)] for row in rates]
        self.external = [[missing(tile["position"], sdc, self.sdcs) for sdc in self.sdcs]
                         for tile in self.tiles]
        self.tiles_of = [[] for _ in self.observations]
        for number, tile in enumerate(self.tiles):
            for observation in tile["observations"]:
                self.tiles_of[observation].append(number)
        self.forbidden = self._forbidden(request)
        self._read_waits()
        self.ours = (pairs(self.observations, self.names), pairs(self.tiles, self.names))

    def _forbidden(self, request):
        """(kind, item, role, SDC) that H4 and H5 rule out; role 0 is the primary."""
        result = set()
        places = {("observation", o["id"]): k for k, o in enumerate(self.observations)}
        places |= {("tile", t["id"]): k for k, t in enumerate(self.tiles)}
        for k, observation in enumerate(self.observations):
            for s, sdc in enumerate(self.sdcs):
                if availability(sdc, observation["arrival"]) <= 0:
                    result.add(("observation", k, 0, s))
        for pin in request.get("pins") or []:
            if "until" in pin:
                raise SystemExit("peers: a pin with an end is not read")
            kind = "observation" if "observation" in pin else "tile"
            item = places.get((kind, str(pin[kind])))
            role = ["primary", "secondary"].index(pin["role"])
            for s, name in enumerate(self.names):
                if item is not None and name != pin["sdc"]:
                    result.add((kind, item, role, s))
        for rule in request.get("forbid") or []:
            s = self.names.index(rule["sdc"])
            for (kind, identifier), item in places.items():
                named = str(rule.get(kind)) == identifier
                if named or kind == "observation" and \
                        self.observations[item]["kind"] == rule.get("kind"):
                    result |= {(kind, item, 0, s), (kind, item, 1, s)}
        return result

    def _read_waits(self):
        """Observations by arrival, and for each SDC the counted time until each and the end."""
        self.ranked = sorted((k for k, o in enumerate(self.observations)
                              if o["arrival"] <= self.end),
                             key=lambda k: self.observations[k]["arrival"])
        instants = [self.start] + [self.observations[k]["arrival"] for k in self.ranked] + [self.end]
        silences = [(a, b) for a, b in zip(instants, instants[1:]) if b - a > 1]
        self.elapsed = []
        for sdc in self.sdcs:
            out = [(w["start"], w["end"]) for w in sdc["maintenance"] if w["availability"] <= 0]
            row = [0.0]
            for a, b in zip(instants, instants[1:]):
                row.append(row[-1] + b - a - covered(out + silences, a, b))
            self.elapsed.append(row)

    def band(self, value, tolerance, grain):
        """(lower, target, upper) of a measure with the target `value`."""
        width = max(tolerance * value, grain)
        return value - width, value, value + width

    def cells(self):
        """Yields (name, lower, target, upper) of T1 and T2 by ("T1" | "T2", SDC, bucket) and of
        T3 by ("T3", SDC)."""
        counts = [[sum(item["bucket"] == b for item in items) for b in range(self.buckets)]
                  for items in (self.observations, self.tiles)]
        for s in range(len(self.sdcs)):
            for b in range(self.buckets):
                total = self.work[0] * counts[0][b] + self.work[1] * counts[1][b]
                yield ("T1", s, b), *self.band(
                    self.share[s][b] * total, self.balance["work"], max(self.work))
                yield ("T2", s, b), *self.band(
                    self.share[s][b] * counts[0][b], self.balance["observations"], 1)
        volume = 2 * (self.volume[0] * len(self.observations) + self.volume[1] * len(self.tiles))
        storage = sum(sdc["storage"] for sdc in self.sdcs)
        for s, sdc in enumerate(self.sdcs):
            yield ("T3", s), *self.band(
                volume * sdc["storage"] / storage, self.balance["storage"], max(self.volume))

    def measure(self, observations, tiles):
        """Recounts a distribution of (primary, secondary) pairs."""
        work = [[0.0] * self.buckets for _ in self.sdcs]
        received = [[0] * self.buckets for _ in self.sdcs]
        volume = [0.0] * len(self.sdcs)
        broken = 0
        for kind, items, assigned in ((0, self.observations, observations), (1, self.tiles, tiles)):
            for k, (item, (primary, secondary)) in enumerate(zip(items, assigned)):
                work[primary][item["bucket"]] += self.work[kind]
                received[primary][item["bucket"]] += kind == 0
                volume[primary] += self.volume[kind]
                volume[secondary] += self.volume[kind]
                name = ("observation", "tile")[kind]
                broken += primary == secondary or (name, k, 0, primary) in self.forbidden \
                    or (name, k, 1, secondary) in self.forbidden
        for s, sdc in enumerate(self.sdcs):
            broken += sum(w > c * (1 + 1e-9) for w, c in zip(work[s], self.capacity[s]))
            broken += sdc["used"] + volume[s] > sdc["storage"]
        outside = sum(wait > self.balance["gap"] for wait in self.waits(observations))
        for key, lower, _, upper in self.cells():
            value = {"T1": work, "T2": received}[key[0]][key[1]][key[2]] if len(key) == 3 \
                else volume[key[1]]
            outside += value < lower - ROUNDING or value > upper + ROUNDING
        copies, failovers = (sum(
            len({tiles[t][role] for t in self.tiles_of[k]} - set(assigned))
            for k, assigned in enumerate(observations)) for role in (0, 1))
        external = sum(row[tiles[t][0]] for t, row in enumerate(self.external))
        return {"broken": broken, "outside": outside, "copies": copies, "failovers": failovers,
                "external": external, "cost": external + copies * self.volume[0],
                "weighted": external + (copies + self.failover * failovers) * self.volume[0]}

    def waits(self, observations):
        """The longest wait of each SDC (T4), days."""
        for s, row in enumerate(self.elapsed):
            own = [0] + [rank + 1 for rank, k in enumerate(self.ranked)
                         if observations[k][0] == s] + [len(row) - 1]
            yield max(row[b] - row[a] for a, b in zip(own, own[1:]))


def pairs(items, names):
    return [(names.index(i["primary"]), names.index(i["secondary"])) for i in items]


def availability(sdc, instant):
    return min((w["availability"] for w in sdc["maintenance"]
                if w["start"] <= instant < w["end"]), default=1)


def mean_availability(sdc, start, end):
    edges = {t for w in sdc["maintenance"] for t in (w["start"], w["end"]) if start < t < end}
    edges = sorted(edges | {start, end})
    return sum((b - a) * availability(sdc, (a + b) / 2) for a, b in zip(edges, edges[1:])) \
        / (end - start)


def covered(spans, start, end):
    """The length of the union of `spans` between two instants."""
    total, reached = 0.0, start
    for a, b in sorted(spans):
        a, b = max(a, reached), min(b, end)
        if b > a:
            total, reached = total + b - a, b
    return total


def missing(position, sdc, sdcs):
    """TB of external data that a tile's run has to fetch at `sdc`."""
    ra, dec = position

    def held(centre):
        result = {}
        for holding in centre["ingests"]:
            (west, east), (south, north) = holding["ra"], holding["dec"]
            in_ra = west <= ra < east if west <= east else ra >= west or ra < east
            if in_ra and (south <= dec < north or dec == north == 90):
                result[holding["survey"]] = holding["volume"]
        return result

    needed = {}
    for centre in sdcs:
        for survey, volume in held(centre).items():
            needed.setdefault(survey, volume)
    return sum(volume for survey, volume in needed.items() if survey not in held(sdc))
