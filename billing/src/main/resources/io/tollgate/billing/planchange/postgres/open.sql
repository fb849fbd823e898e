INSERT INTO plan_change (id, account, subscription, kind, plan, billing_interval, prorated_at, charge_minor, currency, look_at)
VALUES (:id, :account, :subscription, :kind, :plan, :interval, :proratedAt, :charge, :currency, :lookAt)
ON CONFLICT (account) WHERE settled_at IS NULL DO NOTHING
