import Tables

/// How the texts of a survey's columns are read: as plan.yaml has them, where the file does not
/// say otherwise.
struct FieldForms: Hashable {
    var start = TimeForm()
    var end = TimeForm()
    var duration = DurationUnit.second
    var ra = AngleUnit.degree
    var dec = AngleUnit.degree
    var angle = AngleUnit.degree
}
