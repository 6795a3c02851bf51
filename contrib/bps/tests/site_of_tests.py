"""A butler repository with mock data, pipelines of mock tasks, and the real bps on them."""

import json
import os
import pathlib
import re
import subprocess
import sys
import time

import yaml

#: Longest time that a run of the tests may take, s.
PATIENCE = 900

FINAL_STATES = ("COMPLETED", "ERROR", "ABORTED")

_PIPELINE = """
description: Two steps for each detector, one for all.
tasks:
{tasks}
"""

_TASK = """
  {label}:
    class: mock_tasks.StumblingTask
    config:
      dimensions: [{dimensions}]
      stumbles_while: "{stumbles}"
      sleep: {sleep}
      python: |
        from lsst.pipe.base.tests.mocks import DynamicConnectionConfig as Connection
        config.inputs["given"] = Connection(
            dataset_type_name="{given}", dimensions=["instrument", "detector"], multiple={multiple})
        config.outputs["made"] = Connection(dataset_type_name="{made}", dimensions=[{quoted}])
"""

#: The final job of bps, by a `butler` that knows the mocks.
_FINAL = (
    "${DAF_BUTLER_DIR}/bin/python -m mock_butler {finalPreCmdOpts} aggregate-graph"
    " {qgraphFile} {butlerConfig} -j {requestCpus} --register-dataset-types {updateOutputChain}"
)


class Site:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.repository = folder / "repository"
        self.stumbles = folder / "stumbles"
        self._count = 0

    def make_repository(self) -> None:
        """A registry in SQLite with the records of an instrument, and a raw of each detector."""
        from lsst.daf.butler import Butler
        from lsst.pipe.base import Pipeline
        from lsst.pipe.base.tests.mocks import DirectButlerRepo

        self.stumbles.mkdir(parents=True, exist_ok=True)
        pipeline = self.pipeline()
        config = Butler.makeRepo(str(self.repository))
        with Butler.from_config(config, writeable=True) as butler:
            made = DirectButlerRepo(butler, "base.yaml")
            made.pipeline_graph = Pipeline.from_uri(str(pipeline)).to_graph()
            made.pipeline_graph.resolve(butler.registry)
            for _, node in made.pipeline_graph.iter_overall_inputs():
                assert len(made.insert_datasets(node.dataset_type)) == 4

    def pipeline(self, *, sleep: float = 0, name: str = "pipeline") -> pathlib.Path:
        """isr and calibrate for each detector, coadd for the instrument: nine quanta.

        calibrate of a detector fails while the file of `name` and its number is in `stumbles`.
        """

        def task(label, given, made, *, multiple=False, stumbles="", sleep=0.0):
            dimensions = ["instrument"] if multiple else ["instrument", "detector"]
            return _TASK.format(
                label=label,
                dimensions=", ".join(dimensions),
                quoted=", ".join(f'"{each}"' for each in dimensions),
                given=given,
                made=made,
                multiple=multiple,
                stumbles=stumbles,
                sleep=sleep,
            )

        tasks = [
            task("isr", "raw", "flat_fielded", sleep=sleep),
            task(
                "calibrate",
                "flat_fielded",
                "calibrated",
                stumbles=f"{self.stumbles}/{name}-{{detector}}",
            ),
            task("coadd", "calibrated", "coadded", multiple=True),
        ]
        path = self.folder / f"{name}.yaml"
        path.write_text(_PIPELINE.format(tasks="".join(tasks)))
        return path

    def stumble(self, name: str, detector: int) -> pathlib.Path:
        """Has calibrate of a detector fail until the file is removed."""
        path = self.stumbles / f"{name}-{detector}"
        path.touch()
        return path

    def configuration(
        self, name: str, pipeline: pathlib.Path | None = None, **changes
    ) -> pathlib.Path:
        settings = {
            "wmsServiceClass": "sgs_bps.SGSService",
            "project": "tests",
            "campaign": "mocks",
            "operator": "tester",
            "computeSite": "SDC-FR",
            "defaultPreCmdOpts": "--long-log",
            "payload": {
                "payloadName": name,
                "butlerConfig": str(self.repository),
                "inCollection": "input_chain",
                "dataQuery": "instrument='Cam1'",
                "outputRun": f"runs/{name}",
                "output": f"chains/{name}",
            },
            "submitPath": str(self.folder / "submit" / name),
            "requestMemory": 600,
            "finalJob": {"requestCpus": 1, "requestMemory": 600, "command1": _FINAL},
            "sgs": {"limits": {"db_limit": 1}},
        }
        if pipeline is not None:
            settings["pipelineYaml"] = str(pipeline)
        for key, value in changes.items():
            if isinstance(value, dict) and isinstance(settings.get(key), dict):
                settings[key] = settings[key] | value
            else:
                settings[key] = value
        path = self.folder / f"{name}.bps.yaml"
        path.write_text(yaml.safe_dump(settings, sort_keys=False))
        return path

    def bps(self, *arguments, check: bool = True, **variables) -> subprocess.CompletedProcess:
        """The real command; where it fails its words are in the assertion."""
        done = subprocess.run(
            [pathlib.Path(sys.executable).parent / "bps", *map(str, arguments)],
            cwd=self.folder,
            env=os.environ | {"PWD": str(self.folder)} | variables,
            capture_output=True,
            text=True,
        )
        assert not check or done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
        return done

    def submit(self, configuration: pathlib.Path, command: str = "submit", *options) -> str:
        """The identifier that bps prints."""
        done = self.bps(command, configuration, *options)
        return re.search(r"^Run Id: (\d+)$", done.stdout, re.MULTILINE).group(1)

    def runner(self, *arguments, check: bool = True) -> dict:
        done = subprocess.run(
            [
                os.environ["SGS_BPS_RUNNER"],
                *arguments,
                *(
                    "--state",
                    os.environ["SGS_BPS_STATE"],
                    "--storage",
                    os.environ["SGS_BPS_STORAGE"],
                ),
                *("--sdc", "SDC-FR", "--json"),
            ],
            capture_output=True,
            text=True,
        )
        assert not check or done.stdout, f"{arguments}: {done.stderr}"
        return json.loads(done.stdout)

    def state(self, run: str) -> str:
        return self.runner("status", run)["state"]

    def payload_states(self, run: str) -> dict[str, str]:
        return {task["path"]: task["state"] for task in self.runner("run", "show", run)["tasks"]}

    def attempts(self, run: str) -> dict[str, int]:
        return {task["path"]: task["attempts"] for task in self.runner("run", "show", run)["tasks"]}

    def wait(self, run: str) -> str:
        """The state in which a run ended."""
        return self.until(lambda: state if (state := self.state(run)) in FINAL_STATES else None)

    def until(self, found):
        """The first answer that is something."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            answer = found()
            if answer:
                return answer
            time.sleep(0.2)
        raise AssertionError("waited too long")

    def status(self, run: str) -> int:
        return self.bps("status", "--id", run, check=False).returncode

    def report(self, run: str, *options) -> "Report":
        return Report(self.bps("report", "--id", run, *options).stdout)

    def datasets(self, collection: str) -> set[tuple]:
        """Type and data of what the tasks have left in a collection."""
        from lsst.daf.butler import Butler

        with Butler.from_config(str(self.repository)) as butler:
            return {
                (ref.datasetType.name, tuple(sorted(ref.dataId.mapping.items())))
                for kind in ("flat_fielded", "calibrated", "coadded")
                for ref in butler.query_datasets(kind, collections=collection, explain=False)
            }


class Report:
    """What `bps report --id` prints."""

    def __init__(self, text: str):
        self.text = text
        lines = text.splitlines()
        start = next(index for index, line in enumerate(lines) if "UNREADY" in line)
        self.columns = lines[start].split()
        self.rows: dict[str, dict[str, int]] = {}
        for line in lines[start + 2 :]:
            words = line.split()
            if len(words) != len(self.columns) + 1:
                break
            if words[0].startswith("-"):
                continue
            self.rows[words[0]] = dict(zip(self.columns, map(int, words[1:]), strict=True))
        self.exit_codes: dict[str, list[str]] = {}
        found = [index for index, line in enumerate(lines) if "PAYLOAD ERROR COUNT" in line]
        for line in lines[found[0] + 2 :] if found else []:
            words = line.split()
            if len(words) < 5:
                break
            self.exit_codes[words[0]] = words[1:]

    def some(self, label: str) -> dict[str, int]:
        """The states of a label that are not zero, and how many are expected."""
        return {state: count for state, count in self.rows[label].items() if count}
