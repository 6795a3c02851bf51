from euclidwf.framework.taskdefs import (
    TYPE_LISTFILE, ComputingResources, Executable, Input, Output)


she_run_controlled_bias_pipeline = Executable(
    command="E-Run SHE_Pipeline 0.7 SHE_Pipeline_RunBiasParallel",
    inputs=[Input("pickled_args")],
    outputs=[Output("shear_bias_measurements")])
