-- Who is new is asked every few seconds, and is not to cost more the more accounts there are.
CREATE INDEX account_created ON account (created_at);
