-- Usage events by day, created ahead and dropped after a retention, and what they sum to, which stays.

-- A quarter of an hour, by the hold's birth as the day is: so a day's events and its rollups are the same events.
CREATE TABLE usage_rollup (
    account            text        NOT NULL,
    slot               timestamptz NOT NULL,
    -- empty where the event names none
    route              text        NOT NULL,
    model              text        NOT NULL,
    api_key            text        NOT NULL,
    settled            bigint      NOT NULL CHECK (settled >= 0),
    given_back         bigint      NOT NULL CHECK (given_back >= 0),
    charged_micros     bigint      NOT NULL CHECK (charged_micros >= 0),
    uncollected_micros bigint      NOT NULL CHECK (uncollected_micros >= 0),
    input_tokens       bigint      NOT NULL CHECK (input_tokens >= 0),
    cache_read_tokens  bigint      NOT NULL CHECK (cache_read_tokens >= 0),
    cache_write_tokens bigint      NOT NULL CHECK (cache_write_tokens >= 0),
    output_tokens      bigint      NOT NULL CHECK (output_tokens >= 0),
    reasoning_tokens   bigint      NOT NULL CHECK (reasoning_tokens >= 0),
    PRIMARY KEY (account, slot, route, model, api_key)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT ON usage_rollup TO tollgate_app;
GRANT UPDATE (settled, given_back, charged_micros, uncollected_micros, input_tokens, cache_read_tokens, cache_write_tokens,
              output_tokens, reasoning_tokens) ON usage_rollup TO tollgate_app;

-- What was booked before there were rollups.
INSERT INTO usage_rollup
SELECT account,
       to_timestamp((CAST(CAST('x' || left(replace(CAST(id AS text), '-', ''), 12) AS bit(48)) AS bigint) / 900000) * 900),
       coalesce(route, ''), coalesce(model, ''), coalesce(api_key, ''),
       count(*) FILTER (WHERE kind IN ('SETTLED', 'CHARGED')), count(*) FILTER (WHERE kind IN ('RELEASED', 'EXPIRED')),
       sum(charged_micros), sum(uncollected_micros),
       sum(input_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(output_tokens), sum(reasoning_tokens)
  FROM usage_event
 GROUP BY 1, 2, 3, 4, 5;

-- The application may neither create nor drop tables: it asks for it here. What it may ask for is checked here too.

CREATE FUNCTION usage_day_name(wanted date) RETURNS text LANGUAGE sql IMMUTABLE
RETURN 'usage_event_' || to_char(wanted, 'YYYYMMDD');

-- Creates the day's partition; rows of that day that the default partition has got meanwhile move there.
-- 'CREATED', 'PRESENT', or 'TOO_MANY_ROWS' where the default has more than most_moved of them: then they stay, and the day with them.
CREATE FUNCTION usage_day_create(wanted date, most_moved integer) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    today constant date := (now() AT TIME ZONE 'UTC')::date;
    name  constant text := usage_day_name(wanted);
BEGIN
    IF wanted IS NULL OR wanted NOT BETWEEN today - 1 AND today + 60 THEN
        RAISE EXCEPTION 'a day out of what is created: %', wanted USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF most_moved IS NULL OR most_moved NOT BETWEEN 0 AND 1000000 THEN
        RAISE EXCEPTION 'rows to move out of range [0, 1000000]: %', most_moved USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('usage_event'));
    IF to_regclass(name) IS NOT NULL THEN
        RETURN 'PRESENT';
    END IF;
    IF (SELECT count(*) FROM (SELECT FROM usage_event_default WHERE day = wanted LIMIT most_moved + 1) found) > most_moved THEN
        RETURN 'TOO_MANY_ROWS';
    END IF;
    -- Before anything else is locked: whoever inserts holds the parent's lock, which attaching does not conflict with.
    LOCK TABLE usage_event_default IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE %I (LIKE usage_event INCLUDING CONSTRAINTS, CHECK (day = %L))', name, wanted);
    EXECUTE format('WITH moved AS (DELETE FROM usage_event_default WHERE day = %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
                   wanted, name);
    EXECUTE format('ALTER TABLE usage_event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, wanted, wanted + 1);
    RETURN 'CREATED';
END $$;

-- Drops the day's partition if there is one. Never one younger than thirty days, whatever the application believes.
CREATE FUNCTION usage_day_drop(wanted date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    today constant date := (now() AT TIME ZONE 'UTC')::date;
    name  constant text := usage_day_name(wanted);
BEGIN
    IF wanted IS NULL OR wanted > today - 30 THEN
        RAISE EXCEPTION 'a day too young to be dropped: %', wanted USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('usage_event'));
    IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhparent = 'usage_event'::regclass AND inhrelid = to_regclass(name)) THEN
        RETURN false;
    END IF;
    LOCK TABLE usage_event IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('DROP TABLE %I', name);
    RETURN true;
END $$;

-- Removes old rows that had no day of their own. By the live store's clock as well: a hold's id may come from a clock gone wrong.
CREATE FUNCTION usage_default_forget(before date, most integer) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    today constant date := (now() AT TIME ZONE 'UTC')::date;
    gone  bigint;
BEGIN
    IF before IS NULL OR before > today - 30 THEN
        RAISE EXCEPTION 'days too young to be forgotten: before %', before USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF most IS NULL OR most NOT BETWEEN 1 AND 1000000 THEN
        RAISE EXCEPTION 'rows to remove out of range [1, 1000000]: %', most USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM usage_event_default WHERE (day, id, kind) IN (
        SELECT day, id, kind FROM usage_event_default
         WHERE day < before AND at < before::timestamp AT TIME ZONE 'UTC' ORDER BY day, id, kind LIMIT most);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

-- They run with their owner's rights: names are looked up where the tables are and nowhere else, locks are not waited for long.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['usage_day_create(date, integer)', 'usage_day_drop(date)', 'usage_default_forget(date, integer)'] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', wanted, current_schema());
        EXECUTE format('ALTER FUNCTION %s SET lock_timeout = ''2s''', wanted);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', wanted);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO tollgate_app', wanted);
    END LOOP;
    FOR day IN -1 .. 7 LOOP
        PERFORM usage_day_create((now() AT TIME ZONE 'UTC')::date + day, 1000000);
    END LOOP;
END $$;
