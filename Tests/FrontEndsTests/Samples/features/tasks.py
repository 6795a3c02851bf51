"""Package Definition of the scripts here."""

from euclidwf.framework.taskdefs import (
    MIME_FITS, MIME_TXT, TYPE_LISTFILE, ComputingResources, Executable, Input, Output)

vis_split = Executable(
    command="E-Run VIS 1.2 VIS_Split", inputs=[Input("exposure")],
    outputs=[Output("quadrants", content_type=TYPE_LISTFILE, mime_type="json")])

vis_correct = Executable(
    command="E-Run VIS 1.2 VIS_Correct", inputs=[Input("image"), Input("dark")],
    outputs=[Output("frame", mime_type=MIME_FITS), Output("darkmap", lineage=["image"])],
    resources=ComputingResources(cores=2, ram=2.5, walltime=0.5))

vis_combine = Executable(
    command="E-Run VIS 1.2 VIS_Combine",
    inputs=[Input("frames", content_type=TYPE_LISTFILE)],
    outputs=[Output("mosaic", mime_type=MIME_FITS)])

# One program with other resources.
she_remap_stack = Executable(
    command="E-Run SHE 9.1 SHE_Remap", inputs=[Input("mosaic")],
    outputs=[Output("map", mime_type=MIME_FITS)],
    resources=ComputingResources(cores=4, ram=15.9, walltime=2.0))
she_remap_exposure = Executable(
    command="E-Run SHE 9.1 SHE_Remap", inputs=[Input("mosaic")],
    outputs=[Output("map", mime_type=MIME_FITS)],
    resources=ComputingResources(cores=8, ram=15.9, walltime=4.0))

estimate = Executable(
    command="estimate", inputs=[Input("frame")], outputs=[Output("needs", mime_type="json")])
heavy = Executable(
    command="heavy --quiet 'two words'", inputs=[Input("frame"), Input("needs")],
    outputs=[Output("report", mime_type=MIME_TXT)],
    resources=ComputingResources(
        cores=4, ram=8.0, walltime=12.0, vms=20.0, tmpdir=3.0, gpus=1, dynamic="needs"))
