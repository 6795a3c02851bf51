from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from package_definition import (
    she_run_bias_pipeline,
)


@pipeline(outputs=('pipeline_output',))
def meta_shear_bias_measurement(pickled_args):
    SHE_Pipeline_Run_pipeline_output = she_run_bias_pipeline(pickled_args=pickled_args)
    return SHE_Pipeline_Run_pipeline_output
