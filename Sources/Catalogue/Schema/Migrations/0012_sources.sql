-- A product that a publication gave a new owner is sent there by its maker or, where the maker's
-- runner is gone, by another SDC that holds it.

DROP POLICY transfer_served ON sgs.transfer;
CREATE POLICY transfer_served ON sgs.transfer FOR INSERT TO sgs_runner WITH CHECK (
    EXISTS (SELECT FROM sgs.order_report r JOIN sgs.processing_order o USING (processing_order)
        WHERE r.order_report = transfer.order_report AND sgs.serves(o.sdc))
    OR (transfer.purpose = 'replica' AND sgs.serves(transfer.from_sdc) AND EXISTS (
        SELECT FROM sgs.product_location l
        WHERE l.product = transfer.product AND l.sdc = transfer.from_sdc)));

DROP POLICY product_location_served ON sgs.product_location;
CREATE POLICY product_location_served ON sgs.product_location FOR INSERT TO sgs_runner WITH CHECK (
    EXISTS (SELECT FROM sgs.product p JOIN sgs.processing_order o USING (processing_order)
        WHERE p.product = product_location.product AND sgs.serves(o.sdc))
    OR EXISTS (SELECT FROM sgs.transfer t
        WHERE t.product = product_location.product AND t.to_sdc = product_location.sdc
            AND t.purpose = 'replica' AND sgs.serves(t.from_sdc)));
