WITH posted AS (
    INSERT INTO notice (account, kind, key, facts)
    VALUES (:account, :kind, :key, :facts)
    ON CONFLICT DO NOTHING
    RETURNING number)
INSERT INTO notice_delivery (notice, channel, account, kind)
SELECT number, channel, :account, :kind
FROM posted CROSS JOIN unnest(:channels::text[]) AS channel
