SELECT plan, plan_name, allowance_micros, trial_micros, rollover_micros, grace_seconds
  FROM subscription
 WHERE id = :id AND price = :price
