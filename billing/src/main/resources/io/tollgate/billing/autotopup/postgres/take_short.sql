UPDATE auto_topup
SET due_at = :next
WHERE account IN (SELECT s.account
                  FROM auto_topup s
                  JOIN account_balance b ON b.account = s.account
                  WHERE s.enabled
                    AND s.due_at <= :now
                    AND b.posted_micros < s.threshold_micros
                    AND b.state = 'ACTIVE'
                  ORDER BY s.due_at
                  LIMIT :limit
                  FOR UPDATE OF s SKIP LOCKED)
RETURNING account
