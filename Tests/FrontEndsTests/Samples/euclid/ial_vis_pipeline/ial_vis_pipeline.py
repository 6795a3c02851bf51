from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from package_definition import (
    vis_calib_background,
    vis_combine_detectors,
    vis_combine_quadrants,
    vis_correct_bias,
    vis_correct_cti,
    vis_correct_dark,
    vis_correct_flat,
    vis_correct_illum,
    vis_correct_nonlin,
    vis_flag_scattered,
    vis_split_detectors,
    vis_split_quadrants,
)


@parallel(iterable='quadrant')
def vis_correct_quadrant(quadrant, master_bias, nonlin_model, cti_model, master_dark, master_flat, master_illum, illum_model, control_params):
    vis_correct_bias_corrected_frame = vis_correct_bias(quadrant=quadrant, master_bias=master_bias, control_params=control_params)
    vis_correct_nonlin_corrected_frame = vis_correct_nonlin(quadrant=vis_correct_bias_corrected_frame, nonlin_model=nonlin_model, control_params=control_params)
    vis_correct_cti_corrected_frame = vis_correct_cti(quadrant=vis_correct_nonlin_corrected_frame, cti_model=cti_model, control_params=control_params)
    vis_correct_dark_corrected_frame, vis_correct_dark_hot_pixels_map = vis_correct_dark(quadrant=vis_correct_cti_corrected_frame, master_dark=master_dark, control_params=control_params)
    vis_correct_flat_corrected_frame, vis_correct_flat_dead_pixels_map = vis_correct_flat(quadrant=vis_correct_dark_corrected_frame, master_flat=master_flat, control_params=control_params)
    vis_correct_illum_corrected_frame, vis_correct_illum_dead_pixels_map = vis_correct_illum(quadrant=vis_correct_flat_corrected_frame, master_illum=master_illum, control_params=control_params)
    return vis_correct_illum_corrected_frame, vis_correct_dark_hot_pixels_map, vis_correct_flat_dead_pixels_map


@parallel(iterable='frame')
def vis_correct_detectors(frame, scattered_light_model, control_params):
    vis_calib_background_output_frame, vis_calib_background_bkgr_map, vis_calib_background_noise_map = vis_calib_background(frame=frame, scattered_light_model=scattered_light_model, control_params=control_params)
    vis_flag_scattered_output_frame, vis_flag_scattered_cosmic_rays_map, vis_flag_scattered_weights_map = vis_flag_scattered(frame=vis_calib_background_output_frame, scattered_light_model=scattered_light_model, control_params=control_params)
    return vis_flag_scattered_output_frame, vis_calib_background_bkgr_map, vis_calib_background_noise_map, vis_flag_scattered_cosmic_rays_map, vis_flag_scattered_weights_map


@pipeline(outputs=('frame', 'bkgr_map', 'noise_map', 'cosmic_rays_map', 'weights_map', 'hot_pixels_map', 'dead_pixels_map'))
def vis_pipeline(exposures, master_bias, nonlin_model, cti_model, master_dark, master_flat, master_illum, illum_model, scattered_light_model, control_params):
    vis_split_quadrants_quadrants_list = vis_split_quadrants(exposures=exposures)
    vis_correct_quadrant_tuplelist = vis_correct_quadrant(quadrant=vis_split_quadrants_quadrants_list, master_bias=master_bias, nonlin_model=nonlin_model, cti_model=cti_model, master_dark=master_dark, master_flat=master_flat, master_illum=master_illum, illum_model=illum_model, control_params=control_params)
    vis_combine_quadrants_illum_corrected, vis_combine_quadrants_hot_pixels_map, vis_combine_quadrants_dead_pixels_map = vis_combine_quadrants(inputlist=vis_correct_quadrant_tuplelist)
    vis_split_detectors_detector_frames = vis_split_detectors(exposures=vis_combine_quadrants_illum_corrected)
    vis_correct_detectors_tuplelist = vis_correct_detectors(frame=vis_split_detectors_detector_frames, scattered_light_model=scattered_light_model, control_params=control_params)
    vis_combine_detectors_frame, vis_combine_detectors_bkgr_map, vis_combine_detectors_noise_map, vis_combine_detectors_cosmic_rays_map, vis_combine_detectors_weights_map = vis_combine_detectors(inputlist=vis_correct_detectors_tuplelist)
    return vis_combine_detectors_frame, vis_combine_detectors_bkgr_map, vis_combine_detectors_noise_map, vis_combine_detectors_cosmic_rays_map, vis_combine_detectors_weights_map, vis_combine_quadrants_hot_pixels_map, vis_combine_quadrants_dead_pixels_map
