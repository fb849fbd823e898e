INSERT INTO payment (id, account, kind, title, paid_minor, currency, credits_micros, payment_intent, invoice, session,
                     grant_number, paid_at)
VALUES (:id, :account, :kind, :title, :paid, :currency, :credits, :paymentIntent, :invoice, :session, :grant, :paidAt)
ON CONFLICT DO NOTHING
