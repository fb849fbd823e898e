-- Accounts of which nothing was ever booked have not fallen: they have not begun.
WITH looked_at AS (
    SELECT b.account, b.posted_micros, b.state, b.applied,
           coalesce(c.low_credit_micros, CAST(:threshold AS bigint)) AS threshold_micros, l.number AS fallen
    FROM account_balance b
    LEFT JOIN contact c ON c.account = b.account
    LEFT JOIN low_credit l ON l.account = b.account AND l.recovered_at IS NULL
    WHERE b.account = ANY(CAST(:accounts AS text[]))),
risen AS (
    UPDATE low_credit l
    SET recovered_at = now()
    FROM looked_at a
    WHERE l.number = a.fallen
      AND a.posted_micros >= a.threshold_micros)
INSERT INTO low_credit (account, threshold_micros, posted_micros)
SELECT account, threshold_micros, posted_micros
FROM looked_at
WHERE fallen IS NULL
  AND applied > 0
  AND state = 'ACTIVE'
  AND threshold_micros > 0 -- 0 is never, also in debt
  AND posted_micros < threshold_micros
ON CONFLICT DO NOTHING
RETURNING number, account, threshold_micros, posted_micros
