UPDATE recovery SET holds_buried = holds_buried + :holds WHERE partition = :partition AND epoch = :epoch
