UPDATE refund_request SET ends_invoice = NULL WHERE id = :id
