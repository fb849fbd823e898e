-- Groups an account is a member of. What a group means, such as not being charged, the installation's settings say.
ALTER TABLE account ADD COLUMN groups text[] NOT NULL DEFAULT '{}' CHECK (cardinality(groups) <= 16);
ALTER TABLE account ADD COLUMN groups_changed_at timestamptz;
CREATE INDEX account_groups_changed_at ON account (groups_changed_at) WHERE groups_changed_at IS NOT NULL;
GRANT UPDATE (groups, groups_changed_at) ON account TO tollgate_app;

-- What an exempt call would have cost; its charge is zero.
ALTER TABLE usage_event ADD COLUMN waived_micros bigint NOT NULL DEFAULT 0 CHECK (waived_micros >= 0);
