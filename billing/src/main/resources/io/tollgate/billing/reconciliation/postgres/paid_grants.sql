-- Top-ups each have a payment. A plan's allowance is named by its subscription; later months of a paid year have none of their own,
-- so it is enough that the subscription ever paid. Trials, free months and what operators give are not paid for.
SELECT g.number, g.account, g.cause_id, p.id AS payment, p.payment_intent, p.session, p.invoice, p.paid_minor, p.currency
FROM grant_record g
LEFT JOIN payment p ON p.grant_number = g.number
WHERE (g.cause = 'TOP_UP'
    OR g.cause = 'ALLOWANCE'
       AND (p.id IS NOT NULL
         OR g.cause_id LIKE 'sub\_%/%'
            AND g.cause_id NOT LIKE '%/trial'
            AND NOT EXISTS (SELECT
                            FROM plan_invoice i
                            WHERE i.subscription = split_part(g.cause_id, '/', 1)
                              AND i.paid_at IS NOT NULL)))
  AND g.number > :after
  AND g.given_at >= :from
  AND g.given_at < :until
ORDER BY g.number
LIMIT :limit
