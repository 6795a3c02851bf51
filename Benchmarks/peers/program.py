"""The distribution as one mixed integer program with the planner's objective, in whole numbers.

Work is counted in core-hours, volume in MB, cost in MB. A cell outside its tolerance costs
`CELL`, its relative excess `EXCESS`, so that cells come first; the excess of a wait (T4) is not
counted.
"""
import math

CELL = 10_000_000               # MB: 10 TB, more than leaving a cell can save
EXCESS = 1_000_000              # MB for an excess as large as the target


def megabytes(terabytes):
    return round(terabytes * 1e6)


class Program:
    """Columns (lower, upper, cost), all of them integer, and rows (lower, upper, [(column,
    coefficient)])."""

    def __init__(self, problem):
        self.columns, self.rows = [], []
        self.problem = problem
        count = range(len(problem.sdcs))
        self.places = {
            kind: [[[self.column(0, (kind, k, role, s) not in problem.forbidden)
                     for s in count] for role in (0, 1)] for k in range(len(items))]
            for kind, items in (("observation", problem.observations), ("tile", problem.tiles))}
        for items in self.places.values():
            for primary, secondary in items:
                self.row(1, 1, [(c, 1) for c in primary])
                self.row(1, 1, [(c, 1) for c in secondary])
                for both in zip(primary, secondary):
                    self.row(None, 1, [(c, 1) for c in both])
        self.add_copies()
        self.add_cells()
        self.add_waits()

    def column(self, lower, upper, cost=0):
        self.columns.append((lower, int(upper), cost))
        return len(self.columns) - 1

    def row(self, lower, upper, terms):
        self.rows.append((lower, upper, terms))

    def add_copies(self):
        """C1, C2 and F: a copy where an owner of a tile holds no replica of the observation."""
        problem = self.problem
        copy = megabytes(problem.volume[0])
        costs = copy, round(copy * problem.failover)
        for tile, row in enumerate(problem.external):
            for s, volume in enumerate(row):
                column = self.places["tile"][tile][0][s]
                self.columns[column] = (*self.columns[column][:2], megabytes(volume))
        for k, tiles in enumerate(problem.tiles_of):
            held = self.places["observation"][k]
            for s in range(len(problem.sdcs)):
                for role in (0, 1):
                    if costs[role] == 0 or not tiles:
                        continue
                    needed = self.column(0, 1, costs[role])
                    for tile in tiles:
                        self.row(0, None, [(needed, 1), (held[0][s], 1), (held[1][s], 1),
                                           (self.places["tile"][tile][role][s], -1)])

    def load(self, s, bucket, per_observation, per_tile):
        problem = self.problem
        terms = []
        for kind, items, weight in (("observation", problem.observations, per_observation),
                                    ("tile", problem.tiles, per_tile)):
            if weight:
                terms += [(self.places[kind][k][0][s], weight) for k, item in enumerate(items)
                          if item["bucket"] == bucket]
        return terms

    def add_cells(self):
        """H2, H3 and T1 to T3."""
        problem = self.problem
        work, volume = problem.work, [megabytes(v) for v in problem.volume]
        for key, lower, target, upper in problem.cells():
            s = key[1]
            if key[0] == "T1":
                terms = self.load(s, key[2], round(work[0]), round(work[1]))
                self.row(None, math.floor(problem.capacity[s][key[2]] * (1 + 1e-9)), terms)
                self.soft(lower, target, upper, terms, 1)
            elif key[0] == "T2":
                self.soft(lower, target, upper, self.load(s, key[2], 1, 0), 1)
            else:
                terms = [(items[role][s], volume[kind == "tile"])
                         for kind in ("observation", "tile") for items in self.places[kind]
                         for role in (0, 1)]
                sdc = problem.sdcs[s]
                self.row(None, megabytes(sdc["storage"] - sdc["used"]), terms)
                self.soft(lower, target, upper, terms, 1e6)

    def soft(self, lower, target, upper, terms, unit):
        """A band that may be left at the price of a cell and of its excess."""
        most = sum(abs(weight) for _, weight in terms)
        outside = self.column(0, 1, CELL)
        excess = self.column(0, most, max(1, round(EXCESS / max(target * unit, 1))))
        self.row(None, 0, [(excess, 1), (outside, -most)])
        self.row(math.ceil((lower - 1e-6) * unit), None, terms + [(excess, 1)])
        self.row(None, math.floor((upper + 1e-6) * unit), terms + [(excess, -1)])

    def add_waits(self):
        """T4: an arrival in every span of counted time that is too long, or a cell outside.

        A span that holds another one says no more than it does and is left out.
        """
        problem = self.problem
        for s, elapsed in enumerate(problem.elapsed):
            outside = self.column(0, 1, CELL)
            spans, end = [], 0
            for start in range(len(elapsed)):
                while end < len(elapsed) and elapsed[end] - elapsed[start] <= problem.balance["gap"]:
                    end += 1
                if end == len(elapsed):
                    break
                if spans and spans[-1][1] == end:
                    spans.pop()
                spans.append((start, end))
            for start, end in spans:
                between = problem.ranked[start:end - 1]
                self.row(1, None, [(outside, 1)] + [
                    (self.places["observation"][k][0][s], 1) for k in between])

    def pairs(self, values):
        """The distribution that a solution stands for."""
        return [[tuple(max(range(len(row)), key=lambda s: values[row[s]]) for row in item)
                 for item in self.places[kind]] for kind in ("observation", "tile")]
