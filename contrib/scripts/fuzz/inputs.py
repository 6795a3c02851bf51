"""One mutated input of each kind: the files of a working folder and the command that reads them."""
import pathlib
import sqlite3

import mutate
import seeds

CHECK = ["check", "case"]
PLAN = ["plan", "case", "--steps", "200", "--effort", "quick", "--threads", "1", "--output", "out"]
WHATIF = ["whatif", "case", "--steps", "200"]


class Inputs:
    def __init__(self, corpus):
        self.corpus = corpus
        self.kinds = {"survey": self.survey, "table": self.table, "calendar": self.calendar,
                      "yaml": self.yaml, "plan.json": self.plan}

    def make(self, kind, random, folder):
        """Lays an input out in an empty folder; the command's arguments and what it may end with."""
        return self.kinds[kind](random, folder)

    def mutated(self, random, data, other, once=mutate.lines_once):
        for _ in range(random.choice([1, 1, 1, 2, 4])):
            step = once if random.random() < 0.7 else mutate.bytes_once
            data = step(random, data, other)
        return data

    def survey(self, random, folder):
        form = random.choice(["rsd", "rsd", "csv", "ecsv", "sqlite"])
        name, data = self.corpus.surveys[form]
        if form == "sqlite":
            data = self.database(random, data, folder)
        else:
            other = random.choice(list(self.corpus.surveys.values()))[1]
            data = self.mutated(random, data, other)
        if form != "sqlite" and random.random() < 0.1:
            name, data = name + ".gz", seeds.compressed(data)
            if random.random() < 0.5:
                data = mutate.bytes_once(random, data, b"")
        self.corpus.lay(folder / "case", seeds.plan_yaml(self.corpus.plan_text, form, name),
                        (name, data))
        return CHECK, {0, 65}

    def database(self, random, data, folder):
        if random.random() < 0.5:
            return self.mutated(random, data, data, mutate.bytes_once)
        path = pathlib.Path(folder) / "made.db"
        path.write_bytes(data)
        database = sqlite3.connect(path)
        column = random.choice(["note", "observationStartMJD", "visitTime", "fieldRA", "fieldDec"])
        value = random.choice([None, "", "x", "NaN", 1e300, -1e300, float("inf"), 1e18, -1, 2**62,
                               b"\0\xff", "2027-03-20", "\0", "9" * 5000])
        database.execute(f"UPDATE observations SET {column} = ? WHERE observationId % 3 = ?",
                         (value, random.randrange(3)))
        if random.random() < 0.2:
            database.execute(f"ALTER TABLE observations RENAME COLUMN {column} TO \"a\"\"b\"")
        database.commit()
        database.close()
        data = path.read_bytes()
        path.unlink()
        return data

    def table(self, random, folder):
        """A table that is not named by a case: a base of assignments, or one for a new case."""
        if random.random() < 0.5:
            self.corpus.lay(folder / "case")
            data = self.mutated(random, self.corpus.tables[0], self.corpus.csv)
            (folder / "base.csv").write_bytes(data)
            return PLAN + ["--base", str((folder / "base.csv").resolve())], {0, 3, 4, 65}
        form = random.choice(["rsd", "csv", "ecsv", "sqlite"])
        name, data = self.corpus.surveys[form]
        once = mutate.bytes_once if form == "sqlite" else mutate.lines_once
        self.corpus.lay(folder / "other")
        (folder / name).write_bytes(self.mutated(random, data, self.corpus.csv, once))
        return ["init", "case", "--survey", name, "--start", "2027-03-15", "--end", "2027-04-12",
                "--sdcs", "other/sdcs"], {0, 65}

    def calendar(self, random, folder):
        data = random.choice(self.corpus.calendars)
        other = random.choice(self.corpus.calendars)
        self.corpus.lay(folder / "case")
        (folder / "case/sdcs/SDC-A.ics").write_bytes(
            self.mutated(random, data, other, mutate.calendar_once))
        return CHECK, {0, 65}

    def yaml(self, random, folder):
        self.corpus.lay(folder / "case", self.corpus.yaml_full)
        which = random.randrange(4)
        if which < 2:
            path = folder / "case/plan.yaml"
        elif which == 2:
            path = folder / "case/sdcs" / random.choice(sorted(self.corpus.sdcs))
        else:
            path = folder / "scenario.yaml"
            path.write_bytes(self.mutated(random, self.corpus.scenario, b"pins: []"))
            return WHATIF + ["--with", "scenario.yaml"], {0, 3, 4, 65}
        path.write_bytes(self.mutated(random, path.read_bytes(), self.corpus.scenario))
        return CHECK, {0, 65}

    def plan(self, random, folder):
        seed = random.choice(self.corpus.plans)
        (folder / "plan.json").write_bytes(mutate.plan_json(random, seed))
        (folder / "other.json").write_bytes(random.choice(self.corpus.plans))
        which = random.randrange(8)
        if which < 2:
            return ["diff", "plan.json", "other.json"], {0, 65}
        if which < 3:
            return ["diff", "other.json", "plan.json", "--format", "json"], {0, 65}
        if which < 5:
            item = random.choice([["--observation", "3"], ["--observation", "12"], ["--tile", "4219"]])
            return ["explain", "plan.json"] + item, {0, 65, 66}
        self.corpus.lay(folder / "case")
        if which < 6:
            return WHATIF + ["--plan", "plan.json", "--set", "SDC-A.cores=+10%"], {0, 3, 4, 65}
        role = random.choice(["--base", "--history"])
        return PLAN + [role, str((folder / "plan.json").resolve())], {0, 3, 4, 65}
