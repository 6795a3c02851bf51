from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from package_definition import (
    extract_spectra,
    redshift,
    redshift_catalog,
    redshift_reliability,
    simulate_image,
)


@nested()
def simulate(catalog_in, spectra_templates, dispersion_relation, sensitivity_fct, exposure_time, bkgr_value):
    simulate_image_image = simulate_image(catalog_in=catalog_in, spectra_templates=spectra_templates, dispersion_relation=dispersion_relation, sensitivity_fct=sensitivity_fct, exposure_time=exposure_time, bkgr_value=bkgr_value)
    simulate_image_2_image = simulate_image(catalog_in=catalog_in, spectra_templates=spectra_templates, dispersion_relation=dispersion_relation, sensitivity_fct=sensitivity_fct, exposure_time=exposure_time, bkgr_value=bkgr_value)
    return simulate_image_image, simulate_image_2_image


@nested()
def spectrum_redshift(spectra, galaxy_templates, redshift_corr):
    redshift_redshifts = redshift(spectra=spectra, galaxy_templates=galaxy_templates, redshift_corr=redshift_corr)
    redshift_reliability_reliabilities = redshift_reliability(spectra=spectra, galaxy_templates=galaxy_templates, redshifts=redshift_redshifts)
    return redshift_redshifts, redshift_reliability_reliabilities


@pipeline(outputs=('image1', 'image2', 'spectra', 'spectral_properties', 'catalog'))
def simulate_and_reduce_image(catalog_in, spectra_templates, dispersion_relation, sensitivity_fct, exposure_time, bkgr_value, galaxy_templates, redshift_corr):
    simulate_out0, simulate_out1 = simulate(catalog_in=catalog_in, spectra_templates=spectra_templates, dispersion_relation=dispersion_relation, sensitivity_fct=sensitivity_fct, exposure_time=exposure_time, bkgr_value=bkgr_value)
    extract_spectra_spectra, extract_spectra_spectra_properties = extract_spectra(image=simulate_out0, catalog_in=catalog_in, dispersion_relation=dispersion_relation, sensitivity_fct=sensitivity_fct, exposure_time=exposure_time)
    spectrum_redshift_out0, spectrum_redshift_out1 = spectrum_redshift(spectra=extract_spectra_spectra, galaxy_templates=galaxy_templates, redshift_corr=redshift_corr)
    redshift_catalog_redshift_catalog = redshift_catalog(redshifts=spectrum_redshift_out0, redshift_reliabilities=spectrum_redshift_out1)
    return simulate_out0, simulate_out1, extract_spectra_spectra, extract_spectra_spectra_properties, redshift_catalog_redshift_catalog
