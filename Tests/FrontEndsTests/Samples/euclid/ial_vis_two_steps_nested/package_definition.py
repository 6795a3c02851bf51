from euclidwf.framework.taskdefs import (
    TYPE_LISTFILE, ComputingResources, Executable, Input, Output)


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
