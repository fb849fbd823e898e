SELECT * FROM reconciliation_run WHERE state = 'RUNNING'
