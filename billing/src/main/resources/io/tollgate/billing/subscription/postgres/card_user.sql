SELECT account
  FROM trial_card
 WHERE fingerprint = :fingerprint
