import GroundSegment
import PostgreSQL
import SkyGeometry

extension PublicationSteps {
    /// Loads the distribution into temporary tables.
    func stage(on connection: isolated Connection) throws {
        try connection.copy(
            into: "staged_observation",
            columns: [
                "id", "primary_sdc", "secondary_sdc", "cause", "release", "kind", "starts", "ends",
                "ra", "dec", "footprint",
            ]
        ) { writer in
            for assigned in distribution.observations {
                let observation = assigned.observation
                try writer.write(
                    observation.id.text, assigned.assignment.primary.text,
                    assigned.assignment.secondary.text, assigned.cause?.rawValue,
                    assigned.arrival.posixSeconds, observation.kind,
                    observation.window.start.posixSeconds, observation.window.end.posixSeconds,
                    observation.centre.ra, observation.centre.dec, observation.footprint.flat)
            }
        }
        try stageTiles(on: connection)
        try connection.run(
            script: "ANALYZE staged_observation; ANALYZE staged_tile; ANALYZE staged_overlap")
    }

    private func stageTiles(on connection: isolated Connection) throws {
        try connection.copy(
            into: "staged_tile",
            columns: [
                "id", "primary_sdc", "secondary_sdc", "cause", "release", "ra", "dec", "west",
                "east",
                "south", "north", "polygon",
            ]
        ) { writer in
            for assigned in distribution.tiles {
                let tile = assigned.tile
                let bounds = SkyBounds(tile.core)
                try writer.write(
                    tile.id.text, assigned.assignment.primary.text,
                    assigned.assignment.secondary.text, assigned.cause?.rawValue,
                    assigned.ready.posixSeconds, tile.centre.ra, tile.centre.dec, bounds.west,
                    bounds.east, bounds.south, bounds.north, tile.core.polygon?.flat)
            }
        }
        try connection.copy(into: "staged_overlap", columns: ["tile", "observation", "fraction"]) {
            writer in
            for assigned in distribution.tiles {
                for overlap in assigned.overlaps {
                    try writer.write(
                        assigned.tile.id.text, overlap.observation.text, overlap.fraction)
                }
            }
        }
    }

    /// Writes down what each SDC gets in each bucket.
    func recordLoads(
        of stored: StoredDistribution, on connection: isolated Connection
    ) throws {
        try connection.copy(
            into: "sgs.bucket_load",
            columns: [
                "distribution", "sdc", "period", "observations", "tiles", "work", "capacity",
                "volume",
            ]
        ) { writer in
            for load in distribution.publishedLoads {
                try writer.write(
                    stored.key, load.sdc.text,
                    "[\(load.period.start.iso8601),\(load.period.end.iso8601))",
                    load.observations, load.tiles, load.work.value, load.capacity.value,
                    load.volume.value)
            }
        }
    }
}
