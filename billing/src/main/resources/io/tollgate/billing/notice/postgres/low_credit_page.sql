SELECT account FROM account_balance WHERE account > :place ORDER BY account LIMIT :limit
