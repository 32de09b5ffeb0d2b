-- Quotes, orders and their milestones, deliveries, and the acceptance checklist. Amounts are fen.

create table quotes (
  id uuid primary key,
  buyer_id uuid not null,
  provider_id uuid not null check (provider_id <> buyer_id),
  requirement_id uuid,
  service_id uuid,
  -- Decides the platform's fee; null for no category in particular.
  category_id uuid,
  title text not null,
  state text not null,
  -- Number of the newest version, whose terms are the ones to decide on.
  version integer not null,
  expires_at timestamptz not null,
  order_id uuid,
  created_at timestamptz not null
);
create index quotes_buyer on quotes (buyer_id, id desc);
create index quotes_provider on quotes (provider_id, id desc);
create index quotes_requirement on quotes (requirement_id) where requirement_id is not null;
-- A provider has at most one open offer on a requirement.
create unique index quotes_open on quotes (requirement_id, provider_id) where requirement_id is not null and state in ('offered', 'countered');

-- What was proposed, by whom, never changed.
create table quote_versions (
  quote_id uuid not null references quotes,
  version integer not null,
  side text not null check (side in ('buyer', 'provider')),
  author_id uuid not null,
  terms jsonb not null,
  total bigint not null check (total > 0),
  days integer not null check (days > 0),
  at timestamptz not null,
  primary key (quote_id, version)
);

create table orders (
  id uuid primary key,
  number text not null unique,
  buyer_id uuid not null,
  provider_id uuid not null check (provider_id <> buyer_id),
  -- As they were called when the order was made: for paperwork, and to be found by.
  buyer_name text not null,
  provider_name text not null,
  origin text not null check (origin in ('direct', 'quote', 'instant')),
  service_id uuid,
  requirement_id uuid,
  quote_id uuid references quotes,
  category_id uuid,
  title text not null,
  -- The service as it was, with what was chosen and answered, and the lines of the price.
  snapshot jsonb,
  lines jsonb not null default '[]',
  state text not null,
  price bigint not null check (price > 0),
  currency text not null default 'CNY',
  -- The fee's terms and the durations in force when the order was made.
  fee_bps integer not null check (fee_bps between 0 and 10000),
  fee_minimum bigint check (fee_minimum >= 0),
  fee_maximum bigint check (fee_maximum >= 0),
  rules jsonb not null,
  -- Whose turn it is, and until when: kept with every change, for the lists.
  waits_for text check (waits_for in ('buyer', 'provider')),
  next_at timestamptz,
  created_at timestamptz not null,
  pay_by timestamptz,
  accept_by timestamptz,
  started_at timestamptz,
  ended_at timestamptz
);
create index orders_buyer on orders (buyer_id, id desc);
create index orders_provider on orders (provider_id, id desc);
create index orders_service on orders (service_id) where service_id is not null;
create index orders_completed on orders (ended_at) where state = 'completed';
-- A requirement has at most one order that still counts.
create unique index orders_requirement on orders (requirement_id) where requirement_id is not null and state not in ('expired', 'cancelled');

create table milestones (
  id uuid primary key,
  order_id uuid not null references orders,
  position integer not null check (position > 0),
  title text not null,
  price bigint not null check (price > 0),
  days integer not null check (days > 0),
  state text not null,
  -- Null: without limit.
  revisions integer check (revisions >= 0),
  revisions_used integer not null default 0 check (revisions is null or revisions_used <= revisions),
  -- What paid for it.
  payment_id uuid,
  funded_at timestamptz,
  started_at timestamptz,
  due_at timestamptz,
  -- Whether the first delivery came by the date agreed; later versions do not change it.
  on_time boolean,
  delivered_at timestamptz,
  accept_by timestamptz,
  extended boolean not null default false,
  closed_at timestamptz,
  -- Who accepted it: the buyer, or time.
  accepted_by text check (accepted_by in ('buyer', 'timer')),
  -- What the platform took of it and still has, and what went back to the buyer: with the provider's net they make up the price.
  fee bigint check (fee >= 0),
  refunded bigint not null default 0 check (refunded between 0 and price),
  clears_at timestamptz,
  cleared_at timestamptz,
  -- The refund request that holds it, since when, how much of it (of released money only what is asked), whose turn that is, until when, and the amount talked about.
  held_by uuid,
  held_at timestamptz,
  held_pot bigint check (held_pot between 1 and price),
  held_for text check (held_for in ('buyer', 'provider', 'staff')),
  held_until timestamptz,
  held_amount bigint check (held_amount > 0),
  check ((held_by is null) = (held_at is null) and (held_by is null) = (held_pot is null) and (held_by is null) = (held_for is null) and (held_by is null) = (held_amount is null)),
  unique (order_id, position)
);
create index milestones_clearing on milestones (clears_at) where state = 'released' and cleared_at is null;

-- What was handed over, version by version, never changed. Files by upload id with the hash they had.
create table deliveries (
  milestone_id uuid not null references milestones,
  version integer not null,
  message text not null,
  files jsonb not null,
  revision_reason text,
  revision_at timestamptz,
  at timestamptz not null,
  primary key (milestone_id, version)
);

-- The lines agreed with the order: how the provider says each is met, and whether the buyer has checked it.
create table checklist_lines (
  milestone_id uuid not null references milestones,
  position integer not null,
  text text not null,
  proof text,
  proven_version integer,
  ticked_at timestamptz,
  primary key (milestone_id, position)
);
