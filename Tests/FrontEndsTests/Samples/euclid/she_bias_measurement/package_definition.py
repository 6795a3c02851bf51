from euclidwf.framework.taskdefs import (
    TYPE_LISTFILE, ComputingResources, Executable, Input, Output)


she_bfd_integrate = Executable(
    command="E-Run SHE_CTE 0.7 SHE_CTE_BFDIntegrate",
    inputs=[Input("shear_estimates_product"),
            Input("bfd_training_data"),
            Input("pipeline_config"),
            Input("mdb")],
    outputs=[Output("shear_estimates_product_update")],
    resources=ComputingResources(cores=1, ram=10, walltime=4.0))

she_cleanup_bias_measurement = Executable(
    command="E-Run SHE_CTE 0.7 SHE_CTE_CleanupBiasMeasurement",
    inputs=[Input("simulation_config"),
            Input("data_images"),
            Input("stacked_data_image"),
            Input("psf_images_and_tables"),
            Input("segmentation_images"),
            Input("stacked_segmentation_image"),
            Input("detections_tables"),
            Input("details_table"),
            Input("shear_estimates"),
            Input("shear_bias_statistics_in"),
            Input("pipeline_config")],
    outputs=[Output("shear_bias_statistics_out")])

she_estimate_shear = Executable(
    command="E-Run SHE_CTE 0.7 SHE_CTE_EstimateShear",
    inputs=[Input("data_images", content_type=TYPE_LISTFILE),
            Input("stacked_image"),
            Input("psf_images_and_tables", content_type=TYPE_LISTFILE),
            Input("segmentation_images", content_type=TYPE_LISTFILE),
            Input("stacked_segmentation_image"),
            Input("detections_tables", content_type=TYPE_LISTFILE),
            Input("bfd_training_data"),
            Input("ksb_training_data"),
            Input("lensmc_training_data"),
            Input("momentsml_training_data"),
            Input("regauss_training_data"),
            Input("pipeline_config"),
            Input("mdb")],
    outputs=[Output("shear_estimates_product")],
    resources=ComputingResources(cores=1, ram=3.9, walltime=4.0))

she_measure_bias = Executable(
    command="E-Run SHE_CTE 0.7 SHE_CTE_MeasureBias",
    inputs=[Input("shear_bias_statistics", content_type=TYPE_LISTFILE),
            Input("pipeline_config")],
    outputs=[Output("shear_bias_measurements")])

she_measure_statistics = Executable(
    command="E-Run SHE_CTE 0.7 SHE_CTE_MeasureStatistics",
    inputs=[Input("details_table"),
            Input("shear_estimates"),
            Input("pipeline_config")],
    outputs=[Output("shear_bias_statistics")])

she_prepare_configs = Executable(
    command="E-Run SHE_GST 1.7 SHE_GST_PrepareConfigs",
    inputs=[Input("simulation_plan"),
            Input("config_template"),
            Input("pipeline_config")],
    outputs=[Output("simulation_configs", mime_type="json", content_type=TYPE_LISTFILE)])

she_simulate_images = Executable(
    command="E-Run SHE_GST 1.7 SHE_GST_GenGalaxyImages",
    inputs=[Input("config_files"),
            Input("pipeline_config")],
    outputs=[Output("data_images", mime_type="json", content_type=TYPE_LISTFILE),
            Output("stacked_data_image"),
            Output("psf_images_and_tables", mime_type="json", content_type=TYPE_LISTFILE),
            Output("segmentation_images", mime_type="json", content_type=TYPE_LISTFILE),
            Output("stacked_segmentation_image"),
            Output("detections_tables", mime_type="json", content_type=TYPE_LISTFILE),
            Output("details_table")])
