SELECT count(*) FROM dispute WHERE account = :account AND phase = 'OPEN'
