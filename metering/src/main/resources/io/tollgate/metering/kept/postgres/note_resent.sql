-- The recovery that followed the epochs the settles were acknowledged in; none where a loss was not noticed as such.
UPDATE recovery
   SET settles_resent = settles_resent + :settles
 WHERE partition = :partition
   AND epoch = (SELECT min(epoch) FROM recovery WHERE partition = :partition AND epoch > :acknowledged)
