"""SIMULATED: the tasks of the sample pipelines as a Euclid Package Definition."""

from euclidwf.framework.taskdefs import ComputingResources, Executable, Input, Output

ingest_raw = Executable(
    command="sample-step --makes=raw --seconds=0.1 --kibibytes=16",
    outputs=[Output("raw", mime_type="fits")],
    resources=ComputingResources(cores=1, ram=0.125, walltime=1 / 60))

calibrate_vis = Executable(
    command="sample-step --makes=vis --seconds=0.2 --kibibytes=8",
    inputs=[Input("raw")],
    outputs=[Output("vis", mime_type="fits")],
    resources=ComputingResources(cores=1, ram=0.25, walltime=1 / 60))

calibrate_nir = Executable(
    command="sample-step --makes=nir --seconds=0.2 --kibibytes=8",
    inputs=[Input("raw")],
    outputs=[Output("nir", mime_type="fits")],
    resources=ComputingResources(cores=1, ram=0.25, walltime=1 / 60))

calibrate_sir = Executable(
    command="sample-step --makes=sir --seconds=0.2 --kibibytes=8",
    inputs=[Input("raw"), Input("nir")],
    outputs=[Output("sir", mime_type="fits")],
    resources=ComputingResources(cores=1, ram=0.25, walltime=1 / 60))

collect_frames = Executable(
    command="sample-step --makes=frames --seconds=0.1 --kibibytes=12",
    inputs=[Input("vis"), Input("nir"), Input("sir")],
    outputs=[Output("frames", mime_type="fits")],
    resources=ComputingResources(cores=1, ram=0.125, walltime=1 / 60))
