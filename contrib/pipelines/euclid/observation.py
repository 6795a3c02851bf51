"""SIMULATED: the sample pipeline of an observation as a Euclid Pipeline Script."""

from euclidwf.framework.workflow_dsl import pipeline
from sample_package import (
    calibrate_nir, calibrate_sir, calibrate_vis, collect_frames, ingest_raw)


@pipeline(outputs=("raw", "frames"))
def observation():
    raw = ingest_raw(name="ingest")
    vis = calibrate_vis(name="vis", raw=raw)
    nir = calibrate_nir(name="nir", raw=raw)
    sir = calibrate_sir(name="sir", raw=raw, nir=nir)
    frames = collect_frames(name="collect", vis=vis, nir=nir, sir=sir)
    return raw, frames
