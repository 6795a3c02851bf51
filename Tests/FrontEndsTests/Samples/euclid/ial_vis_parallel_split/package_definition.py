from euclidwf.framework.taskdefs import (
    TYPE_LISTFILE, ComputingResources, Executable, Input, Output)


vis_combine_quadrants = Executable(
    command="vis_combine_quadrants",
    inputs=[Input("inputlist", content_type=TYPE_LISTFILE)],
    outputs=[Output("illum_corrected"),
            Output("hot_pixels_map"),
            Output("dead_pixels_map")])

vis_correct_dark = Executable(
    command="vis_correct_dark",
    inputs=[Input("quadrant"),
            Input("master_dark"),
            Input("control_params")],
    outputs=[Output("corrected_frame"),
            Output("hot_pixels_map")])

vis_correct_flat = Executable(
    command="vis_correct_flat",
    inputs=[Input("quadrant"),
            Input("master_flat"),
            Input("control_params")],
    outputs=[Output("corrected_frame"),
            Output("dead_pixels_map")])

vis_split_quadrants = Executable(
    command="vis_split_quadrants",
    inputs=[Input("exposures")],
    outputs=[Output("quadrants_list", mime_type="txt", content_type=TYPE_LISTFILE)])
