extension BatchSystemDescription {
    /// The descriptions that come with the program: `slurm`, `sge`, `pbs`, `htcondor`, and
    /// untried `lsf` and `kubernetes`.
    ///
    /// - Throws: `BatchSystemError` of code `configuration` where there is none of that name.
    public static func builtIn(_ name: String) throws(BatchSystemError) -> BatchSystemDescription {
        guard let bytes = files[name] else {
            throw BatchSystemError(
                .configuration,
                "there is no batch system \"\(name)\": found \(name), expected one of: "
                    + names.joined(separator: ", "))
        }
        return try BatchSystemDescription(
            String(decoding: bytes, as: UTF8.self), file: "\(name).yaml")
    }

    /// The names of those that come with the program.
    public static var names: [String] { files.keys.sorted() }

    private static var files: [String: [UInt8]] {
        [
            "slurm": PackageResources.slurm_yaml, "sge": PackageResources.sge_yaml,
            "pbs": PackageResources.pbs_yaml, "htcondor": PackageResources.htcondor_yaml,
            "lsf": PackageResources.lsf_yaml, "kubernetes": PackageResources.kubernetes_yaml,
        ]
    }
}
