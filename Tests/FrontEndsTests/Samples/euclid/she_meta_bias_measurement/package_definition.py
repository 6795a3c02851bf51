from euclidwf.framework.taskdefs import (
    TYPE_LISTFILE, ComputingResources, Executable, Input, Output)


she_run_bias_pipeline = Executable(
    command="E-Run SHE_Pipeline 0.7 SHE_Pipeline_Run",
    inputs=[Input("pickled_args")],
    outputs=[Output("pipeline_output")],
    resources=ComputingResources(cores=0, ram=0.1, walltime=1.0))
