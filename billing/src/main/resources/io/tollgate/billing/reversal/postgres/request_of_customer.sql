 WHERE q.payment = :key AND q.asked_by = 'CUSTOMER'
   AND (q.state <> 'REFUSED' OR q.closed_at > now() - interval '1 hour')
 ORDER BY q.state = 'REFUSED', q.closed_at DESC
 LIMIT 1
