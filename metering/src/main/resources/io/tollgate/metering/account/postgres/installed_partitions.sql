SELECT partitions FROM installation
