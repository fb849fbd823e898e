-- What is done with is forgotten once Stripe itself would no longer tell of it.
CREATE INDEX webhook_event_closed ON webhook_event (closed_at) WHERE state IN ('DONE', 'IGNORED');
GRANT DELETE ON webhook_event TO tollgate_app;
