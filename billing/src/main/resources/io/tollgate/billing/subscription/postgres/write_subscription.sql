INSERT INTO subscription AS s (id, account, status, plan, plan_name, allowance_micros, trial_micros, rollover_micros, grace_seconds,
                               billing_interval, item, price, anchor, period_start, period_end, trial_end, cancel_at, paused_as, resumes_at,
                               latest_invoice, started_at, ended_at, pending_plan, pending_interval, pending_at)
VALUES (:id, :account, :status, :plan, :planName, :allowance, :trial, :rollover, :grace,
        :interval, :item, :price, :anchor, :periodStart, :periodEnd, :trialEnd, :cancelAt, :pausedAs, :resumesAt,
        :latestInvoice, :startedAt, :endedAt, :pendingPlan, :pendingInterval, :pendingAt)
ON CONFLICT (id) DO UPDATE
   SET version = s.version + 1, status = EXCLUDED.status, plan = EXCLUDED.plan, plan_name = EXCLUDED.plan_name,
       allowance_micros = EXCLUDED.allowance_micros, trial_micros = EXCLUDED.trial_micros,
       rollover_micros = EXCLUDED.rollover_micros, grace_seconds = EXCLUDED.grace_seconds, billing_interval = EXCLUDED.billing_interval,
       item = EXCLUDED.item, price = EXCLUDED.price, anchor = EXCLUDED.anchor, period_start = EXCLUDED.period_start,
       period_end = EXCLUDED.period_end, trial_end = EXCLUDED.trial_end, cancel_at = EXCLUDED.cancel_at,
       paused_as = EXCLUDED.paused_as, resumes_at = EXCLUDED.resumes_at, latest_invoice = EXCLUDED.latest_invoice,
       ended_at = EXCLUDED.ended_at, pending_plan = EXCLUDED.pending_plan, pending_interval = EXCLUDED.pending_interval,
       pending_at = EXCLUDED.pending_at, seen_at = now()
 WHERE s.account = EXCLUDED.account
