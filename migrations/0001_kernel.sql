-- The kernel: lifecycles, deadlines, outbox, idempotency keys, uploads, the demo's clock.

-- Every legal edge of every lifecycle, copied from shared/src/lifecycles.ts by the migration step.
create table lifecycle_edges (
  entity text not null,
  action text not null,
  from_state text not null,
  to_state text not null,
  primary key (entity, action, from_state, to_state)
);

-- Each change of state that happened. An edge that no lifecycle declares cannot be recorded.
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
  id bigint generated always as identity primary key,
  event_id uuid not null unique,
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
);
create index outbox_waiting on outbox (id) where published_at is null and dead_at is null;
create index outbox_waiting_by_key on outbox (key, id) where published_at is null and dead_at is null;

-- A subscriber's proof that it has handled an event; written in the same transaction as its work.
create table outbox_receipts (
  event_id uuid not null,
  subscriber text not null,
  primary key (event_id, subscriber)
);

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
