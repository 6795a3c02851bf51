from euclidwf.framework.taskdefs import (
    TYPE_LISTFILE, ComputingResources, Executable, Input, Output)


she_bfd_integrate = Executable(
    command="E-Run SHE_CTE 0.10.2 SHE_CTE_BFDIntegrate",
    inputs=[Input("shear_estimates_product"),
            Input("bfd_training_data", content_type=TYPE_LISTFILE),
            Input("pipeline_config", content_type=TYPE_LISTFILE),
            Input("mdb")],
    outputs=[Output("shear_estimates_product_update")],
    resources=ComputingResources(cores=8, ram=23.9, walltime=8.0))

she_cross_validate_shear = Executable(
    command="E-Run SHE_CTE 0.10.2 SHE_CTE_CrossValidateShear",
    inputs=[Input("shear_estimates_product")],
    outputs=[Output("cross_validated_shear_estimates_product")],
    resources=ComputingResources(cores=1, ram=23.9, walltime=2.0))

she_estimate_shear = Executable(
    command="E-Run SHE_CTE 0.10.2 SHE_CTE_EstimateShear",
    inputs=[Input("data_images", content_type=TYPE_LISTFILE),
            Input("stacked_image"),
            Input("psf_images_and_tables", content_type=TYPE_LISTFILE),
            Input("segmentation_images", content_type=TYPE_LISTFILE),
            Input("stacked_segmentation_image"),
            Input("detections_tables", content_type=TYPE_LISTFILE),
            Input("object_ids"),
            Input("bfd_training_data", content_type=TYPE_LISTFILE),
            Input("ksb_training_data"),
            Input("lensmc_training_data"),
            Input("momentsml_training_data", content_type=TYPE_LISTFILE),
            Input("regauss_training_data"),
            Input("pipeline_config", content_type=TYPE_LISTFILE),
            Input("mdb")],
    outputs=[Output("shear_estimates_product")],
    resources=ComputingResources(cores=1, ram=7.9, walltime=4.0))

she_fit_psf = Executable(
    command="E-Run SHE_CTE 0.10.2 SHE_CTE_FitPSFs",
    inputs=[Input("data_images", content_type=TYPE_LISTFILE),
            Input("detections_tables", content_type=TYPE_LISTFILE),
            Input("segmentation_images", content_type=TYPE_LISTFILE),
            Input("mdb")],
    outputs=[Output("psf_field_params", mime_type="json", content_type=TYPE_LISTFILE)],
    resources=ComputingResources(cores=8, ram=15.9, walltime=0.5))

she_model_psf = Executable(
    command="E-Run SHE_PSFToolkit 2.6.4 SHE_PSFToolkit_ModelPSFs",
    inputs=[Input("data_images", content_type=TYPE_LISTFILE),
            Input("detections_tables", content_type=TYPE_LISTFILE),
            Input("psf_field_params"),
            Input("object_ids"),
            Input("mdb")],
    outputs=[Output("psf_images_and_tables", mime_type="json", content_type=TYPE_LISTFILE)],
    resources=ComputingResources(cores=2, ram=7.9, walltime=4.0))

she_object_id_split = Executable(
    command="E-Run SHE_CTE 0.10.2 SHE_CTE_ObjectIdSplit",
    inputs=[Input("detections_tables", content_type=TYPE_LISTFILE),
            Input("data_images", content_type=TYPE_LISTFILE),
            Input("pipeline_config", content_type=TYPE_LISTFILE)],
    outputs=[Output("object_ids", mime_type="json")],
    resources=ComputingResources(cores=1, ram=4.0, walltime=1.0))

she_remap_mosaic_exposure = Executable(
    command="E-Run SHE_MER 0.6.1 SHE_MER_RemapMosaic",
    inputs=[Input("mer_tile_listfile", content_type=TYPE_LISTFILE),
            Input("vis_prod_filename"),
            Input("pipeline_config", content_type=TYPE_LISTFILE)],
    outputs=[Output("output_filename")],
    resources=ComputingResources(cores=8, ram=15.9, walltime=4.0))

she_remap_mosaic_stack = Executable(
    command="E-Run SHE_MER 0.6.1 SHE_MER_RemapMosaic",
    inputs=[Input("mer_tile_listfile", content_type=TYPE_LISTFILE),
            Input("vis_prod_filename"),
            Input("pipeline_config", content_type=TYPE_LISTFILE)],
    outputs=[Output("output_filename")],
    resources=ComputingResources(cores=4, ram=15.9, walltime=2.0))

she_shear_estimates_merge = Executable(
    command="E-Run SHE_CTE 0.10.2 SHE_CTE_ShearEstimatesMerge",
    inputs=[Input("input_shear_estimates_listfile", content_type=TYPE_LISTFILE)],
    outputs=[Output("output_shear_estimates")],
    resources=ComputingResources(cores=8, ram=23.9, walltime=2.0))
