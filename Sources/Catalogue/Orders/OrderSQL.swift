/// The queries of the order queue.
enum OrderSQL {
    /// Marks what an SDC may run now as taken.  SKIP LOCKED lets takers at the same time pass
    /// each other (PostgreSQL manual, SELECT, "The Locking Clause").
    static let take = """
        WITH chosen AS (
            SELECT o.processing_order FROM sgs.processing_order o
            WHERE o.sdc = $1 AND o.state = 'ALLOCATED' AND o.release <= to_timestamp($2)
                AND NOT EXISTS (
                    SELECT FROM sgs.order_input i
                    LEFT JOIN sgs.processing_order p ON p.item = i.item AND p.state <> 'WITHDRAWN'
                    WHERE i.processing_order = o.processing_order
                        AND p.state IS DISTINCT FROM 'COMPLETED')
            ORDER BY o.priority DESC, o.release, o.processing_order
            LIMIT $3
            FOR UPDATE OF o SKIP LOCKED
        )
        UPDATE sgs.processing_order o
        SET state = 'EXECUTING', runner = $4, taken = taken + 1, taken_at = clock_timestamp()
        FROM chosen WHERE chosen.processing_order = o.processing_order
        RETURNING o.processing_order
        """

    static let orders = """
        SELECT o.processing_order, o.id AS order_id, i.survey, i.kind, i.id, o.pipeline,
            o.software_release, o.sdc, o.replica_at, extract(epoch FROM o.release) AS release,
            o.priority
        FROM sgs.processing_order o JOIN sgs.item i USING (item)
        WHERE o.processing_order = ANY ($1)
        ORDER BY o.priority DESC, o.release, o.processing_order
        """

    static let inputs = """
        SELECT n.processing_order AS consumer, i.kind, i.id, p.id AS producer,
            d.observation_tb AS volume
        FROM sgs.order_input n
        JOIN sgs.processing_order o USING (processing_order)
        JOIN sgs.distribution d ON d.distribution = o.distribution
        JOIN sgs.item i ON i.item = n.item
        JOIN sgs.processing_order p ON p.item = n.item AND p.state <> 'WITHDRAWN'
        WHERE n.processing_order = ANY ($1)
        ORDER BY n.processing_order, i.id
        """

    static let waiting = """
        SELECT count(*) AS n FROM sgs.processing_order o
        WHERE o.sdc = $1 AND (
            o.state = 'EXECUTING'
            OR o.state = 'ALLOCATED' AND o.release <= to_timestamp($2) AND NOT EXISTS (
                SELECT FROM sgs.order_input i
                LEFT JOIN sgs.processing_order p ON p.item = i.item AND p.state <> 'WITHDRAWN'
                WHERE i.processing_order = o.processing_order AND NOT coalesce(
                    p.state IN ('COMPLETED', 'EXECUTING')
                    OR p.state = 'ALLOCATED' AND p.release <= to_timestamp($2), false)))
        """

    /// The SDCs whose allocated orders wait for an item.
    static let waitingFor = """
        SELECT DISTINCT o.sdc FROM sgs.order_input i
        JOIN sgs.processing_order o USING (processing_order)
        WHERE i.item = $1 AND o.state = 'ALLOCATED'
        """

    static let locations = """
        SELECT i.kind, i.id, p.name, o.id AS order_id, p.bytes, p.sha256,
            ARRAY(SELECT n.name FROM sgs.product_input n WHERE n.product = p.product ORDER BY 1)
                AS made_from,
            ARRAY(SELECT l.sdc FROM sgs.product_location l WHERE l.product = p.product ORDER BY 1)
                AS sdcs
        FROM sgs.item i
        JOIN sgs.product p USING (item)
        JOIN sgs.processing_order o USING (processing_order)
        WHERE i.survey = $1 AND i.kind = $2 AND i.id = ANY ($3)
        ORDER BY i.id, p.name
        """
}
