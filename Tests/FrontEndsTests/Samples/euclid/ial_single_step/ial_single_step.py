from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from package_definition import (
    extract,
)


@pipeline(outputs=('catalog', 'quality'))
def single_step(image, spectra):
    extract_catalog, extract_quality = extract(image=image, spectra=spectra)
    return extract_catalog, extract_quality
