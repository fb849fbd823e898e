UPDATE refund SET phase = :phase, changed_at = now() WHERE id = :id
