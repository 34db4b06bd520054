-- Casebinder desk, schema version 10: who told of a parcel and of a scan.

-- Who told it: 'file' of the platform or carrier, 'person' for the seller's own
-- word; '' was not written down.
ALTER TABLE shipment ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE tracking_event ADD COLUMN told TEXT NOT NULL DEFAULT '';

-- The journal knows which parcels a person added and which scans, as their text
-- and place.
UPDATE shipment SET told = 'person' WHERE EXISTS (
  SELECT 1 FROM orders o JOIN shop s ON s.id = o.shop_id JOIN journal j ON j.entity = 'order' AND j.key = s.platform || '/' || s.name || '/' || o.number
  JOIN json_each(j.after, '$.shipments') p
  WHERE o.id = shipment.order_id AND j.action = 'shipment.add' AND json_extract(p.value, '$.tracking') = shipment.tracking
    AND NOT EXISTS (SELECT 1 FROM json_each(j.before, '$.shipments') b WHERE json_extract(b.value, '$.tracking') = shipment.tracking));
UPDATE tracking_event SET told = 'person' WHERE EXISTS (
  SELECT 1 FROM shipment h JOIN orders o ON o.id = h.order_id JOIN shop s ON s.id = o.shop_id
  JOIN journal j ON j.entity = 'order' AND j.key = s.platform || '/' || s.name || '/' || o.number
  JOIN json_each(j.after, '$.shipments') p JOIN json_each(p.value, '$.events') e
  WHERE h.id = tracking_event.shipment_id AND j.action = 'shipment.scan' AND json_extract(p.value, '$.tracking') = h.tracking
    AND json_extract(e.value, '$.text') = tracking_event.text AND coalesce(json_extract(e.value, '$.place'), '') = tracking_event.place
    AND NOT EXISTS (SELECT 1 FROM json_each(j.before, '$.shipments') bp JOIN json_each(bp.value, '$.events') be
      WHERE json_extract(bp.value, '$.tracking') = h.tracking AND json_extract(be.value, '$.text') = tracking_event.text
        AND coalesce(json_extract(be.value, '$.place'), '') = tracking_event.place));

-- A picture that was pasted used to be taken for a picture of the conversation,
-- without a question. Where nobody looked at its description since, nobody has
-- said what it shows.
UPDATE evidence SET kind = 'other' WHERE source = 'paste' AND kind = 'screenshot' AND note = '' AND NOT EXISTS (
  SELECT 1 FROM journal j WHERE j.entity = 'evidence' AND j.key = evidence.uid AND j.action = 'evidence.edit');
