-- The kernel: partitions by month, lifecycles, deadlines, outbox, idempotency keys, uploads, the demo's clock.

-- ---- partitions by month ------------------------------------------------------------------------------------------
--
-- What grows for ever is kept in a partition for each month (UTC), named <table>_2026_11, so that a month can be dropped
-- or moved away as a whole. Which tables these are the catalog says: those that are partitioned. Their key is one column:
--   * a UUIDv7, which begins with the millisecond of its making. A month begins with the smallest UUID of its first
--     millisecond, so that primary keys, unique keys and foreign keys need no column more than they would have anyway;
--   * or a moment, where rows have no such id.
-- <table>_default takes what no month does: ids that are not made of the time, and rows of a month that nobody made in
-- time. It is also the pattern of the months: what it has of keys and indexes, each of them gets.

-- The smallest UUID whose first 48 bits are this moment's milliseconds.
create function uuid_from(moment timestamptz) returns uuid language sql stable parallel safe
  return (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

-- The column a table is partitioned by, and where a month begins and ends in it, as SQL.
create function month_bounds(parent regclass, month date, out key name, out by_id boolean, out lower text, out upper text) language plpgsql stable as $$
declare
  first timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  next timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
begin
  select a.attname, a.atttypid = 'uuid'::regtype into strict key, by_id
    from pg_partitioned_table p join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0] where p.partrelid = parent;
  lower := case when by_id then quote_literal(uuid_from(first)) else quote_literal(first) end;
  upper := case when by_id then quote_literal(uuid_from(next)) else quote_literal(next) end;
end $$;

-- The months there are, by table. A table that was detached is none any more.
create view month_partitions as
  select parent.oid::regclass as parent, child.oid::regclass as partition, to_date(substring(child.relname from '_(\d{4}_\d{2})$'), 'YYYY_MM') as month
  from pg_inherits join pg_class child on child.oid = inhrelid join pg_class parent on parent.oid = inhparent
  where parent.relkind = 'p' and parent.relnamespace = 'public'::regnamespace and child.relname ~ '_\d{4}_\d{2}$';

-- Which months from this moment's on, and so many after it, are not there yet.
create function missing_months(moment timestamptz, months_ahead integer) returns table (parent regclass, month date) language sql stable as $$
  select c.oid::regclass, wanted.month from pg_class c, lateral (
    select (date_trunc('month', moment at time zone 'UTC') + make_interval(months => number))::date as month from generate_series(0, months_ahead) as number) wanted
  where c.relkind = 'p' and c.relnamespace = 'public'::regnamespace
    and not exists (select from month_partitions p where p.parent = c.oid::regclass and p.month = wanted.month)
  order by c.relname, wanted.month $$;

-- Triggers for rows are cloned to every partition. Those for statements fire for the table that the statement names: each
-- partition needs its own, in the same state, or the books could be changed through their partitions.
create function guard_partition(parent regclass, partition regclass) returns void language plpgsql as $$
declare guard record;
begin
  for guard in select tgname, tgenabled, pg_get_triggerdef(oid) as definition, format(' ON public.%I ', (select relname from pg_class where oid = parent)) as place
    from pg_trigger t where tgrelid = parent and not tgisinternal and tgtype & 1 = 0
      and not exists (select from pg_trigger there where there.tgrelid = partition and there.tgname = t.tgname)
  loop
    if strpos(guard.definition, guard.place) = 0 then
      raise exception 'the trigger % cannot be copied: %', guard.tgname, guard.definition;
    end if;
    execute replace(guard.definition, guard.place, format(' ON public.%I ', (select relname from pg_class where oid = partition)));
    if guard.tgenabled = 'A' then execute format('alter table %s enable always trigger %I', partition, guard.tgname); end if;
  end loop;
end $$;

-- Makes the partition of a month, unless it is there: made | there | left_out, when the default partition has rows of that
-- month already, which then stay there. The table is locked against other changes of its form only; the tables it refers
-- to against writing, and the default partition against everything, for the milliseconds it takes. It waits half a second
-- for a lock and then fails (55P03): nobody stands behind it for longer, and it gives way before Postgres looks for
-- deadlocks, so that never somebody else's transaction has to.
create function ensure_month(parent regclass, month date) returns text
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '500ms' as $$
declare
  whole name := (select relname from pg_class where oid = parent);
  part text := whole || to_char(month, '_YYYY_MM');
  rest text := whole || '_default';
  referred regclass;
  taken boolean;
  bounds record;
begin
  if to_regclass(part) is not null then return 'there'; end if;
  perform pg_advisory_xact_lock(7420112606);
  -- By a look at the catalog itself: names that were not there a moment ago are remembered.
  if exists (select from pg_class where relname = part and relnamespace = 'public'::regnamespace) then return 'there'; end if;
  select * into bounds from month_bounds(parent, month);
  execute format('select exists (select from %I where %I >= %s and %2$I < %4$s)', rest, bounds.key, bounds.lower, bounds.upper) into taken;
  if taken then return 'left_out'; end if;
  -- First what is written first: an entry comes before its postings.
  for referred in select distinct confrelid::regclass from pg_constraint where conrelid = parent and contype = 'f' loop
    execute format('lock table %s in share row exclusive mode', referred);
  end loop;
  execute format('create table %I (like %I including all excluding identity)', part, rest);
  perform guard_partition(parent, part::regclass);
  execute format('alter table %s attach partition %I for values from (%s) to (%s)', parent, part, bounds.lower, bounds.upper);
  return 'made';
exception when check_violation then
  -- A row of that month came into the default partition meanwhile.
  return 'left_out';
end $$;

-- All that is missing at once, for migrations: triggers of partitions, then this month and so many after it. Answers how
-- many were made. A worker that goes on at the same time makes them one by one, each in a transaction of its own.
create function ensure_months(moment timestamptz, months_ahead integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform guard_partition(inhparent, inhrelid) from pg_inherits join pg_class c on c.oid = inhparent where c.relkind = 'p' and c.relnamespace = 'public'::regnamespace;
  return (select count(*) filter (where ensure_month(parent, month) = 'made') from missing_months(moment, months_ahead));
end $$;

-- Drops the partition of a month that has been over for a day and is empty. Answers whether it did. Both tables are locked
-- before it is looked at, so that no row can come in between.
create function drop_empty_month(parent regclass, month date) returns boolean
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '500ms' as $$
declare
  part regclass;
  filled boolean;
begin
  perform pg_advisory_xact_lock(7420112606);
  select partition into part from month_partitions p where p.parent = drop_empty_month.parent and p.month = drop_empty_month.month;
  if not found or (month + interval '1 month' + interval '1 day') at time zone 'UTC' > now() then return false; end if;
  execute format('select exists (select from %s)', part) into filled;
  if filled then return false; end if;
  execute format('lock table only %s, only %s in access exclusive mode', parent, part);
  execute format('select exists (select from %s)', part) into filled;
  if filled then return false; end if;
  execute format('drop table %s', part);
  return true;
end $$;

-- Of each table: how many months after this one are there, and whether the default partition holds rows that belong into
-- a month: those of a moment, and those whose id was made of the time.
create function month_state() returns table (parent regclass, ahead integer, strays boolean) language plpgsql stable as $$
declare bounds record;
begin
  for parent in select c.oid::regclass from pg_class c where c.relkind = 'p' and c.relnamespace = 'public'::regnamespace order by c.relname loop
    select count(*) into ahead from month_partitions p where p.parent = month_state.parent and p.month > now() at time zone 'UTC';
    select * into bounds from month_bounds(parent, current_date);
    execute format('select exists (select from %I %s)', (select relname from pg_class where oid = parent) || '_default',
      case when bounds.by_id then format('where uuid_extract_version(%I) = 7', bounds.key) end) into strays;
    return next;
  end loop;
end $$;

revoke execute on function ensure_month, ensure_months, drop_empty_month from public;

-- ---- lifecycles ---------------------------------------------------------------------------------------------------

-- Every legal edge of every lifecycle, copied from shared/src/lifecycles.ts by the migration step.
create table lifecycle_edges (
  entity text not null,
  action text not null,
  from_state text not null,
  to_state text not null,
  primary key (entity, action, from_state, to_state)
);

-- Each change of state that happened. An edge that no lifecycle declares cannot be recorded. Not by month: the history of
-- a thing is read with each page of it, and would be looked for in every month there is.
create table transitions (
  id uuid primary key,
  entity text not null,
  entity_id uuid not null,
  action text not null,
  from_state text not null,
  to_state text not null,
  actor text not null,
  actor_id uuid,
  data jsonb not null default '{}',
  at timestamptz not null,
  foreign key (entity, action, from_state, to_state) references lifecycle_edges (entity, action, from_state, to_state)
);
create index transitions_entity on transitions (entity_id, at);

-- What must happen by itself, and when. Claimed with skip locked, re-checked by its handler.
create table deadlines (
  id uuid primary key,
  entity text not null,
  entity_id uuid not null,
  action text not null,
  due_at timestamptz not null,
  data jsonb not null default '{}',
  attempts integer not null default 0,
  -- In the database's own time, not the product's: a moved demo clock must not shorten a back-off.
  retry_at timestamptz,
  last_error text,
  dead_at timestamptz,
  unique (entity, entity_id, action)
);
create index deadlines_due on deadlines (due_at) where dead_at is null;

-- Events, written with the change they tell of and relayed at least once.
create table outbox (
  -- In the order of relaying.
  id bigint generated always as identity,
  event_id uuid primary key,
  topic text not null,
  -- Events of one key are handed on in order.
  key text not null,
  payload jsonb not null,
  at timestamptz not null,
  published_at timestamptz,
  claimed_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  dead_at timestamptz
) partition by range (event_id);
create table outbox_default partition of outbox default;
create index outbox_waiting on outbox (id) where published_at is null and dead_at is null;
create index outbox_waiting_by_key on outbox (key, id) where published_at is null and dead_at is null;

-- A subscriber's proof that it has handled an event; written in the same transaction as its work.
create table outbox_receipts (
  event_id uuid not null,
  subscriber text not null,
  primary key (event_id, subscriber)
) partition by range (event_id);
create table outbox_receipts_default partition of outbox_receipts default;

create table idempotency_keys (
  owner text not null,
  key text not null,
  contract text not null,
  request_hash text not null,
  status integer,
  answer text,
  created_at timestamptz not null,
  primary key (owner, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

create table uploads (
  id uuid primary key,
  owner_id uuid not null,
  name text not null,
  type text not null,
  size bigint not null check (size >= 0),
  sha256 text not null,
  storage_key text not null,
  thumbnail_key text,
  visibility text not null default 'private' check (visibility in ('private', 'public')),
  -- What it was claimed for; until then only its owner sees it, and it is removed after a day.
  claimed_kind text,
  claimed_id uuid,
  created_at timestamptz not null
);
create index uploads_unclaimed on uploads (created_at) where claimed_kind is null;
create index uploads_claimed on uploads (claimed_kind, claimed_id);

-- How far the clock has been moved forward. Stays zero outside demo mode and tests.
create table clock (
  only_row boolean primary key default true check (only_row),
  offset_ms bigint not null default 0 check (offset_ms >= 0)
);
insert into clock default values;

-- That the demo was loaded into this database. Without an end the loading was cut off, and the data are not whole.
create table demo_load (
  only_row boolean primary key default true check (only_row),
  started_at timestamptz not null default now(),
  finished_at timestamptz
);

-- Every SMS and e-mail that the dev mailbox caught.
create table mailbox (
  id uuid primary key,
  channel text not null check (channel in ('sms', 'email')),
  recipient text not null,
  subject text,
  body text not null,
  at timestamptz not null
);
create index mailbox_recipient on mailbox (recipient, at desc);

select ensure_months(now(), 3);
