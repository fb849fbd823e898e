INSERT INTO plan_invoice AS i (invoice, subscription, period_start, failed_at, grace_until, paid_at, closed_at, hosted_url)
VALUES (:invoice, :subscription, :periodStart, :failedAt, :graceUntil, :paidAt, :closedAt, :hostedUrl)
ON CONFLICT (invoice) DO UPDATE
   SET failed_at = EXCLUDED.failed_at, grace_until = EXCLUDED.grace_until, paid_at = EXCLUDED.paid_at,
       closed_at = EXCLUDED.closed_at, hosted_url = EXCLUDED.hosted_url
