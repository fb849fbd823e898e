-- Until the end of the SQL transaction; a statement that counts has to come after it to see what others counted.
SELECT pg_advisory_xact_lock(hashtextextended('notice_admission:' || :account, 0))
