from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from package_definition import (
    vis_combine_quadrants,
    vis_correct_dark,
    vis_correct_flat,
    vis_split_quadrants,
)


@parallel(iterable='quadrant')
def correct(quadrant, master_dark, master_flat, control_params):
    vis_correct_dark_corrected_frame, vis_correct_dark_hot_pixels_map = vis_correct_dark(quadrant=quadrant, master_dark=master_dark, control_params=control_params)
    vis_correct_flat_corrected_frame, vis_correct_flat_dead_pixels_map = vis_correct_flat(quadrant=vis_correct_dark_corrected_frame, master_flat=master_flat, control_params=control_params)
    return vis_correct_flat_corrected_frame, vis_correct_dark_hot_pixels_map, vis_correct_flat_dead_pixels_map


@pipeline(outputs=('corrected_exposures', 'hot_pixels_map', 'dead_pixels_map'))
def vis_two_steps_nested(exposures, master_dark, master_flat, control_params):
    vis_split_quadrants_quadrants_list = vis_split_quadrants(exposures=exposures)
    correct_tuplelist = correct(quadrant=vis_split_quadrants_quadrants_list, master_dark=master_dark, master_flat=master_flat, control_params=control_params)
    vis_combine_quadrants_illum_corrected, vis_combine_quadrants_hot_pixels_map, vis_combine_quadrants_dead_pixels_map = vis_combine_quadrants(inputlist=correct_tuplelist)
    return vis_combine_quadrants_illum_corrected, vis_combine_quadrants_hot_pixels_map, vis_combine_quadrants_dead_pixels_map
