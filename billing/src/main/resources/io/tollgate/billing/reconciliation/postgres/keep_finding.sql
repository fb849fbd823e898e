-- What was repaired is open again if it is seen again, and what was dismissed if it is no longer what was dismissed.
WITH kept AS (
    INSERT INTO stripe_finding AS f (kind, object, related, account, currency, stripe_minor, book_minor, detail, remedy_type, remedy_object)
    VALUES (:kind, :object, left(:related, 255), left(:account, 255), :currency, :stripe, :book, left(:detail, 500), :remedyType,
            :remedyObject)
    ON CONFLICT (kind, object) DO UPDATE
    SET state          = CASE WHEN f.state = 'REPAIRED' OR f.state = 'DISMISSED'
                                   AND (f.currency, f.stripe_minor, f.book_minor, f.detail)
                                       IS DISTINCT FROM (excluded.currency, excluded.stripe_minor, excluded.book_minor, excluded.detail)
                              THEN 'OPEN' ELSE f.state END,
        related        = excluded.related,
        account        = excluded.account,
        currency       = excluded.currency,
        stripe_minor   = excluded.stripe_minor,
        book_minor     = excluded.book_minor,
        detail         = excluded.detail,
        remedy_type    = excluded.remedy_type,
        remedy_object  = excluded.remedy_object,
        last_seen_at   = now()
    RETURNING number)
INSERT INTO stripe_finding_sighting (run, finding)
SELECT :run, number FROM kept
ON CONFLICT DO NOTHING
