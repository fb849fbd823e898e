UPDATE recovery SET known_number = :seen
 WHERE partition = :partition AND lost_epoch = :epoch AND known_number < :seen
