SELECT a.id, a.epoch, a.number
  FROM unnest(CAST(:accounts AS text[]), CAST(:epochs AS bigint[]), CAST(:numbers AS bigint[]), CAST(:ids AS text[]))
       AS n (account, epoch, number, id)
  JOIN account_event a
    ON a.account = n.account AND a.epoch = n.epoch AND a.number = n.number AND a.id = n.id AND a.kind = 'LOTS_EXPIRED'
