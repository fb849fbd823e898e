-- Whoever has the row walks; the others need not wait.
SELECT place FROM low_credit_walk FOR UPDATE SKIP LOCKED
