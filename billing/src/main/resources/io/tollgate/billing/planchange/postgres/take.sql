UPDATE plan_change
   SET look_at = :nextLook
 WHERE id IN (SELECT id
                FROM plan_change
               WHERE settled_at IS NULL AND look_at <= :now
               ORDER BY look_at
               LIMIT :limit
                 FOR UPDATE SKIP LOCKED)
RETURNING *
