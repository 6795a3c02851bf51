from euclidwf.framework.workflow_dsl import nested, parallel, pipeline
from package_definition import (
    she_bfd_integrate,
    she_cross_validate_shear,
    she_estimate_shear,
    she_fit_psf,
    she_model_psf,
    she_object_id_split,
    she_shear_estimates_merge,
)


@parallel(iterable='object_ids')
def she_model_psf_and_estimate_shear(object_ids, vis_image, vis_stacked_image, segmentation_images, stacked_segmentation_image, mer_catalog, bfd_training_data, ksb_training_data, lensmc_training_data, momentsml_training_data, regauss_training_data, psf_field_params, pipeline_config, mdb):
    SHE_PSFToolkit_ModelPSFs_psf_images_and_tables = she_model_psf(object_ids=object_ids, data_images=vis_image, detections_tables=mer_catalog, mdb=mdb, psf_field_params=psf_field_params)
    SHE_CTE_EstimateShear_shear_estimates_product = she_estimate_shear(object_ids=object_ids, data_images=vis_image, stacked_image=vis_stacked_image, psf_images_and_tables=SHE_PSFToolkit_ModelPSFs_psf_images_and_tables, segmentation_images=segmentation_images, stacked_segmentation_image=stacked_segmentation_image, detections_tables=mer_catalog, bfd_training_data=bfd_training_data, ksb_training_data=ksb_training_data, lensmc_training_data=lensmc_training_data, momentsml_training_data=momentsml_training_data, regauss_training_data=regauss_training_data, pipeline_config=pipeline_config, mdb=mdb)
    return SHE_CTE_EstimateShear_shear_estimates_product


@pipeline(outputs=('cross_validated_shear_estimates', 'shear_estimates'))
def shear_analysis_pipeline(mdb, vis_image, vis_stacked_image, stacked_segmentation_image, segmentation_images, mer_catalog, phz_output_cat, spe_output_cat, ksb_training_data, lensmc_training_data, regauss_training_data, bfd_training_data, momentsml_training_data, pipeline_config):
    SHE_CTE_FitPSFs_psf_field_params = she_fit_psf(data_images=vis_image, segmentation_images=segmentation_images, detections_tables=mer_catalog, mdb=mdb)
    SHE_CTE_ObjectIdSplit_object_ids = she_object_id_split(detections_tables=mer_catalog, data_images=vis_image, pipeline_config=pipeline_config)
    she_model_psf_and_estimate_shear_tuplelist = she_model_psf_and_estimate_shear(object_ids=SHE_CTE_ObjectIdSplit_object_ids, vis_image=vis_image, vis_stacked_image=vis_stacked_image, segmentation_images=segmentation_images, stacked_segmentation_image=stacked_segmentation_image, mer_catalog=mer_catalog, bfd_training_data=bfd_training_data, ksb_training_data=ksb_training_data, lensmc_training_data=lensmc_training_data, momentsml_training_data=momentsml_training_data, regauss_training_data=regauss_training_data, psf_field_params=SHE_CTE_FitPSFs_psf_field_params, pipeline_config=pipeline_config, mdb=mdb)
    SHE_CTE_ShearEstimatesMerge_output_shear_estimates = she_shear_estimates_merge(input_shear_estimates_listfile=she_model_psf_and_estimate_shear_tuplelist)
    SHE_CTE_BFDIntegrate_shear_estimates_product_update = she_bfd_integrate(shear_estimates_product=SHE_CTE_ShearEstimatesMerge_output_shear_estimates, bfd_training_data=bfd_training_data, pipeline_config=pipeline_config, mdb=mdb)
    SHE_CTE_CrossValidateShear_cross_validated_shear_estimates_product = she_cross_validate_shear(shear_estimates_product=SHE_CTE_BFDIntegrate_shear_estimates_product_update)
    return SHE_CTE_CrossValidateShear_cross_validated_shear_estimates_product, SHE_CTE_ShearEstimatesMerge_output_shear_estimates
