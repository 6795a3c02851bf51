from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from package_definition import (
    she_run_controlled_bias_pipeline,
)


@pipeline(outputs=('pipeline_output',))
def controlled_shear_bias_measurement(pickled_args):
    SHE_Pipeline_RunBiasParallel_shear_bias_measurements = she_run_controlled_bias_pipeline(pickled_args=pickled_args)
    return SHE_Pipeline_RunBiasParallel_shear_bias_measurements
