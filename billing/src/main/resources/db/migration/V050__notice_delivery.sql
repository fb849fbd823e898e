-- Each channel is worked off by itself: one that is slow or dead must not be in the way of the others.
DROP INDEX notice_delivery_waiting;
CREATE INDEX notice_delivery_waiting ON notice_delivery (channel, due_at) WHERE state = 'WAITING';

-- What went to an account, of whatever kind, and what went out in all, since some time.
DROP INDEX notice_delivery_admitted;
CREATE INDEX notice_delivery_admitted ON notice_delivery (account, admitted_at) WHERE admitted_at IS NOT NULL;
CREATE INDEX notice_delivery_admitted_in_all ON notice_delivery (admitted_at) WHERE admitted_at IS NOT NULL;

-- How many tries may have told it without our knowing: counted when a try begins, and back when it is known that nothing was told.
ALTER TABLE notice_delivery ADD COLUMN unsure integer NOT NULL DEFAULT 0;
GRANT UPDATE (unsure) ON notice_delivery TO tollgate_app;

-- What is long over is forgotten.
GRANT DELETE ON notice, notice_delivery, low_credit TO tollgate_app;
