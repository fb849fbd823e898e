-- What was claimed, taken and given back so far, and how much money is really out.
SELECT r.claimed_micros,
       (SELECT count(*) FROM reversal_step s WHERE s.payment = r.payment) AS steps,
       r.taken_micros,
       (SELECT CAST(coalesce(sum(-s.taken_micros), 0) AS bigint)
          FROM reversal_step s WHERE s.payment = r.payment AND s.taken_micros < 0) AS given_back_micros,
       (SELECT CAST(coalesce(sum(f.amount_minor), 0) AS bigint)
          FROM refund f WHERE f.payment = r.payment AND f.phase IN ('PENDING', 'SUCCEEDED'))
     + (SELECT CAST(coalesce(sum(d.amount_minor), 0) AS bigint)
          FROM dispute d WHERE d.payment = r.payment AND d.phase IN ('OPEN', 'PREVENTED', 'LOST')) AS out_minor
  FROM reversal r
 WHERE r.payment = :payment
