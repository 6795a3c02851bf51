/// The group roles of the catalogue; logins are made members of them (PostgreSQL manual, 22.3).
public enum CatalogueRole: String, Hashable, Sendable, CaseIterable {
    /// Owns the schema: migrates, backs up, restores.
    case owner = "sgs_owner"
    /// Drafts, approves, publishes and withdraws.
    case planner = "sgs_planner"
    /// Takes and reports the orders of the SDCs that its login serves, and of no other.
    case runner = "sgs_runner"
    /// Reads.
    case reader = "sgs_reader"

    /// Makes the roles that the server lacks.  They belong to the whole server, and catalogues of
    /// two databases may be migrated at once.
    static let creation = """
        DO $$
        DECLARE
            role text;
        BEGIN
            FOREACH role IN ARRAY ARRAY[\(allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))] LOOP
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
                    BEGIN
                        EXECUTE format('CREATE ROLE %I NOLOGIN', role);
                    EXCEPTION
                        WHEN duplicate_object OR unique_violation THEN NULL;
                        WHEN insufficient_privilege THEN
                            RAISE EXCEPTION 'the role % is missing and % may not create it: let an administrator run CREATE ROLE %',
                                role, current_user, role USING ERRCODE = 'insufficient_privilege';
                    END;
                END IF;
            END LOOP;
        END $$
        """
}
