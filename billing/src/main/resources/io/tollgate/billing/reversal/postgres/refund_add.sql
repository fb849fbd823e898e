-- A request is answered by one refund only.
INSERT INTO refund (id, payment, account, request, amount_minor, phase, reason, refunded_at)
VALUES (:id, :payment, :account,
        (SELECT q.id FROM refund_request q
          WHERE q.id = :request AND q.payment = :payment
            AND NOT EXISTS (SELECT FROM refund f WHERE f.request = q.id)),
        :amount, :phase, :reason, :at)
