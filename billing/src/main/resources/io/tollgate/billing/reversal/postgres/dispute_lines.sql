SELECT d.id, d.payment, d.account, d.amount_minor, p.currency, d.phase, d.reason, d.opened_at, d.changed_at
  FROM dispute d
  JOIN payment p ON p.id = d.payment
 WHERE CAST(:payment AS text) IS NULL OR d.payment = :payment
 ORDER BY d.number DESC
 LIMIT :limit
