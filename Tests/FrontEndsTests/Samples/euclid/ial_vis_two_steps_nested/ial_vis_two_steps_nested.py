from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from package_definition import (
    vis_correct_dark,
    vis_correct_flat,
)


@nested()
def correct(quadrant, master_dark, master_flat, control_params):
    vis_correct_dark_corrected_frame, vis_correct_dark_hot_pixels_map = vis_correct_dark(quadrant=quadrant, master_dark=master_dark, control_params=control_params)
    vis_correct_flat_corrected_frame, vis_correct_flat_dead_pixels_map = vis_correct_flat(quadrant=vis_correct_dark_corrected_frame, master_flat=master_flat, control_params=control_params)
    return vis_correct_flat_corrected_frame, vis_correct_dark_hot_pixels_map, vis_correct_flat_dead_pixels_map


@pipeline(outputs=('quadrant_flat_corr', 'hot_pixels_map', 'dead_pixels_map'))
def vis_two_steps_nested(quadrant, master_dark, master_flat, control_params):
    correct_out0, correct_out1, correct_out2 = correct(quadrant=quadrant, master_dark=master_dark, master_flat=master_flat, control_params=control_params)
    return correct_out0, correct_out1, correct_out2
