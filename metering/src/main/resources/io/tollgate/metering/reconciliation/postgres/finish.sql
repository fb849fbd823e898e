UPDATE reconciliation_run SET state = 'FINISHED', finished_at = now()
 WHERE id = :id AND runner = :runner AND state = 'RUNNING'
RETURNING *
