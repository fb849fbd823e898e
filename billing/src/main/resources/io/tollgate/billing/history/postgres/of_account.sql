SELECT p.id, p.account, p.kind, p.title, p.paid_minor, p.currency, p.credits_micros, p.payment_intent, p.invoice, p.session,
       p.grant_number, p.paid_at,
       (SELECT coalesce(sum(r.amount_minor), 0)::bigint FROM refund r
         WHERE r.payment = p.id AND r.phase IN ('PENDING', 'SUCCEEDED')) AS refunded_minor,
       (SELECT coalesce(sum(d.amount_minor), 0)::bigint FROM dispute d
         WHERE d.payment = p.id AND d.phase IN ('OPEN', 'PREVENTED', 'LOST')) AS disputed_minor,
       q.receipt_url, q.invoice_number, q.invoice_url, q.invoice_pdf, q.fetched_at
FROM payment p
LEFT JOIN payment_papers q ON q.payment = p.id
WHERE p.account = :account
  AND (NOT :invoiced OR p.invoice IS NOT NULL)
  AND (CAST(:before AS text) IS NULL
       OR p.number < (SELECT b.number FROM payment b WHERE b.id = :before AND b.account = :account))
ORDER BY p.number DESC
LIMIT :limit
