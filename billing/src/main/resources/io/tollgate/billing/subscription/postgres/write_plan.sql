UPDATE account_plan
   SET subscription = :subscription, free_plan = :freePlan, allowance_key = :key, allowance_micros = :credits, worth_micros = :worth,
       month_start = :monthStart, month_end = :monthEnd, paid_until = :paidUntil, next_at = :nextAt, lives_until = :livesUntil,
       grace_invoice = :graceInvoice, grace_until = :graceUntil, free_since = :freeSince, trial = :trial
 WHERE account = :account
