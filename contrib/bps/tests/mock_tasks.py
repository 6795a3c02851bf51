"""A mock task of pipe_base that fails while a file is there, so that a restart can succeed."""

import os

from lsst.pex.config import Field
from lsst.pipe.base.tests.mocks import DynamicTestPipelineTask, DynamicTestPipelineTaskConfig


class StumblingTaskConfig(
    DynamicTestPipelineTaskConfig,
    pipelineConnections=DynamicTestPipelineTaskConfig.ConnectionsClass,
):
    stumbles_while = Field[str](
        doc="File, with {detector} in it; where it is there, the quantum fails.",
        dtype=str,
        default="",
    )


class StumblingTask(DynamicTestPipelineTask):
    ConfigClass = StumblingTaskConfig

    def runQuantum(self, butlerQC, inputRefs, outputRefs):
        path = self.config.stumbles_while.format(**dict(butlerQC.quantum.dataId.mapping))
        if path and os.path.exists(path):
            raise RuntimeError(f"{path} is there")
        super().runQuantum(butlerQC, inputRefs, outputRefs)
