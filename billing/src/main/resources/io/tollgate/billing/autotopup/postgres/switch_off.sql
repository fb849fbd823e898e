-- Unless another card was saved meanwhile.
UPDATE auto_topup
SET enabled = false, off_because = :reason, changed_at = :now
WHERE account = :account
  AND enabled
  AND NOT EXISTS (SELECT 1 FROM auto_topup_method m
                   WHERE m.account = auto_topup.account AND m.fingerprint <> :fingerprint)
