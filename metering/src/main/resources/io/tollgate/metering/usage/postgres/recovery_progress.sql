SELECT read_epoch, read_number FROM recovery WHERE partition = :partition AND epoch = :epoch
