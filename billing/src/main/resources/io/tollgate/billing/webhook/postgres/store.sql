INSERT INTO webhook_event (id, type, object_id, body)
VALUES (:id, :type, :objectId, :body)
ON CONFLICT DO NOTHING
