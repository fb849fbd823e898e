INSERT INTO contact (account, email, learned)
VALUES (:account, :email, true)
ON CONFLICT (account) DO UPDATE
SET email = excluded.email, changed_at = now()
WHERE contact.learned
  AND contact.email <> excluded.email
