SELECT partition, booked_epoch, booked_number FROM flush_cursor WHERE partition = ANY(CAST(:partitions AS integer[]))
