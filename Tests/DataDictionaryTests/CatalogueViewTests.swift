import DataDictionary
import Tables
import Testing

@Suite struct CatalogueViewTests {
    @Test("every column of every view is described", arguments: CatalogueView.all)
    func described(_ view: CatalogueView) {
        #expect(!view.description.isEmpty)
        for column in view.columns.map(\.column) {
            #expect(!column.description.isEmpty, "\(view.name).\(column.name)")
        }
        let names = view.columns.map(\.column.name)
        #expect(Set(names).count == names.count)
    }

    @Test("every column of the catalogue's own views has a content descriptor")
    func descriptors() {
        let own = CatalogueView.all.filter { $0.name.hasPrefix("sgs.") }
        #expect(own.count == 4)
        for column in own.flatMap(\.columns).map(\.column) { #expect(!column.ucd.isEmpty) }
    }

    @Test("a column's type in files goes with its type in the database")
    func types() {
        let fitting: [SQLType: ColumnType] = [
            .text: .text, .integer: .integer, .bigint: .integer, .double: .real, .timestamp: .text,
        ]
        for column in CatalogueView.all.flatMap(\.columns) {
            #expect(column.column.type == fitting[column.sqlType], "\(column.column.name)")
        }
    }

    @Test("the observation plan has ObsLocTAP's 26 columns in the standard's order")
    func obsLocTAP() {
        let names = CatalogueView.observationPlan.columns.map(\.column.name)
        #expect(names.count == 26)
        #expect(names.prefix(4) == ["t_planning", "target_name", "obs_id", "obs_collection"])
        #expect(
            names.suffix(5) == [
                "t_plan_exptime", "category", "priority", "execution_status", "tracking_type",
            ])
    }

    @Test("a comment names unit, content descriptor and data model, and only what there is")
    func comments() throws {
        let columns = CatalogueView.observationPlan.columns
        #expect(columns[0].comment == "when the plan that has it was published, MJD [unit=d]")
        #expect(
            columns[2].comment
                == "identifier of the observation [ucd=meta.id, utype=DataID.observationID]")
        #expect(columns[25].comment == "how the target is tracked")
    }
}
