import Tables

extension CatalogueView {
    /// The planned observations by the IVOA's Observation Locator Table Access Protocol
    /// (ObsLocTAP 1.0, section 4.1): its 26 columns, of which it gives five no UCD.
    public static let observationPlan = CatalogueView(
        "ivoa.obsplan", "Planned and performed observations of the published plans (ObsLocTAP).",
        utype: "ivo://ivoa.net/std/obsloctap#table-1.0",
        [
            planning, field, times, spectrum, provenance, execution,
        ].flatMap { $0 })

    private static let planning = [
        ViewColumn(
            Column(
                "t_planning", unit: "d",
                description: "when the plan that has it was published, MJD", type: .real), .double),
        ViewColumn(
            Column(
                "target_name", ucd: "meta.id;src", utype: "Target.name",
                description: "name of the target"), .text),
        ViewColumn(
            Column(
                "obs_id", ucd: "meta.id", utype: "DataID.observationID",
                description: "identifier of the observation"), .text),
        ViewColumn(
            Column(
                "obs_collection", ucd: "meta.id", utype: "DataID.collection",
                description: "survey that it belongs to"), .text),
    ]

    private static let field = [
        ViewColumn(
            Column(
                "s_ra", unit: "deg", ucd: "pos.eq.ra",
                utype: "Char.SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C1",
                description: "right ascension of the centre, ICRS", type: .real), .double),
        ViewColumn(
            Column(
                "s_dec", unit: "deg", ucd: "pos.eq.dec",
                utype: "Char.SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C2",
                description: "declination of the centre, ICRS", type: .real), .double),
        ViewColumn(
            Column(
                "s_fov", unit: "deg", ucd: "phys.angSize;instr.fov",
                utype: "Char.SpatialAxis.Coverage.Bounds.Extent.diameter",
                description: "diameter of a circle around the field", type: .real), .double),
        ViewColumn(
            Column(
                "s_region", ucd: "pos.outline;obs.field",
                utype: "Char.SpatialAxis.Coverage.Support.Area",
                description: "outline of the field, STC-S, ICRS"), .text),
        ViewColumn(
            Column(
                "s_resolution", unit: "arcsec", ucd: "pos.angResolution",
                utype: "Char.SpatialAxis.Resolution.Refval.value",
                description: "spatial resolution", type: .real), .double),
    ]

    private static let times = [
        ViewColumn(
            Column(
                "t_min", unit: "d", ucd: "time.start;obs.exposure",
                utype: "Char.TimeAxis.Coverage.Bounds.Limits.StartTime", description: "start, MJD",
                type: .real), .double),
        ViewColumn(
            Column(
                "t_max", unit: "d", ucd: "time.end;obs.exposure",
                utype: "Char.TimeAxis.Coverage.Bounds.Limits.StopTime", description: "end, MJD",
                type: .real), .double),
        ViewColumn(
            Column(
                "t_exptime", unit: "s", ucd: "time.duration;obs.exposure",
                utype: "Char.TimeAxis.Coverage.Support.Extent",
                description: "duration of the observation", type: .real), .double),
        ViewColumn(
            Column(
                "t_resolution", unit: "s", ucd: "time.resolution",
                utype: "Char.TimeAxis.Resolution.Refval.value", description: "temporal resolution",
                type: .real), .double),
    ]

    private static let spectrum = [
        ViewColumn(
            Column(
                "em_min", unit: "m", ucd: "em.wl;stat.min",
                utype: "Char.SpectralAxis.Coverage.Bounds.Limits.LoLimit",
                description: "shortest wavelength", type: .real), .double),
        ViewColumn(
            Column(
                "em_max", unit: "m", ucd: "em.wl;stat.max",
                utype: "Char.SpectralAxis.Coverage.Bounds.Limits.HiLimit",
                description: "longest wavelength", type: .real), .double),
        ViewColumn(
            Column(
                "em_res_power", ucd: "spect.resolution",
                utype: "Char.SpectralAxis.Resolution.ResolPower.refVal",
                description: "spectral resolving power", type: .real), .double),
        ViewColumn(
            Column(
                "o_ucd", ucd: "meta.ucd", utype: "Char.ObservableAxis.ucd",
                description: "UCD of what is observed"), .text),
        ViewColumn(
            Column(
                "pol_states", ucd: "meta.code;phys.polarization",
                utype: "Char.PolarizationAxis.stateList", description: "polarisation states"), .text
        ),
        ViewColumn(
            Column(
                "pol_xel", ucd: "meta.number", utype: "Char.PolarizationAxis.numBins",
                description: "number of polarisation states", type: .integer), .bigint),
    ]

    private static let provenance = [
        ViewColumn(
            Column(
                "facility_name", ucd: "meta.id;instr.tel",
                utype: "Provenance.ObsConfig.Facility.name", description: "facility that observes"),
            .text),
        ViewColumn(
            Column(
                "instrument_name", ucd: "meta.id;instr",
                utype: "Provenance.ObsConfig.Instrument.name", description: "instrument"), .text),
    ]

    private static let execution = [
        ViewColumn(
            Column(
                "t_plan_exptime", unit: "s", ucd: "time.duration;obs.exposure",
                utype: "Char.TimeAxis.Coverage.Support.Extent",
                description: "planned duration of the observation", type: .real), .double),
        ViewColumn(Column("category", description: "Fixed: the survey plan gives the time"), .text),
        ViewColumn(
            Column(
                "priority", description: "priority of the observation: 0, 1 or 2", type: .integer),
            .integer),
        ViewColumn(
            Column(
                "execution_status",
                description: "Performed once its order is completed, else Scheduled"), .text),
        ViewColumn(Column("tracking_type", description: "how the target is tracked"), .text),
    ]
}
