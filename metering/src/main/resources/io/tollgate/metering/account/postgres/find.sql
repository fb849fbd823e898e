SELECT a.id, a.name, b.state, a.created_at
  FROM account a JOIN account_balance b ON b.account = a.id
 WHERE a.id = :account
