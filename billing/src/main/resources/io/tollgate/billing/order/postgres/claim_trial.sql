-- One row changed: the account may have its trial with this order.
INSERT INTO plan_trial (account, order_id)
VALUES (:account, :id)
ON CONFLICT (account) DO UPDATE SET order_id = excluded.order_id
WHERE EXISTS (SELECT FROM topup_order o
              WHERE o.id = plan_trial.order_id
                AND o.state IN ('ABANDONED', 'REFUSED', 'EXPIRED', 'FAILED'))
