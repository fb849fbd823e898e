UPDATE plan_change
   SET state = :state, reason = :reason, payment_url = :url, settled_at = :settledAt
 WHERE id = :id AND settled_at IS NULL
