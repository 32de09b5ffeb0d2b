-- What buyers need, and what comparable work has cost. Amounts are fen.

create table requirements (
  id uuid primary key,
  buyer_id uuid not null,
  way text not null check (way in ('quotes', 'direct', 'instant')),
  state text not null,
  -- What the rules or a moderator found; null while it is being written.
  review text check (review in ('clear', 'flagged')),
  flags jsonb not null default '[]',
  category_id uuid,
  title text not null,
  background text not null,
  details text not null,
  checklist text[] not null default '{}',
  budget_min bigint check (budget_min > 0),
  budget_max bigint check (budget_max > 0),
  price bigint check (price > 0),
  deadline date,
  area text,
  skills text[] not null default '{}',
  files uuid[] not null default '{}',
  open_hours integer not null check (open_hours > 0),
  -- Whom a direct one goes to, and the service from whose page it was started.
  provider_ids uuid[] not null default '{}',
  service_id uuid,
  -- Why it was sent back or closed.
  reason text,
  -- What funded an instant one.
  payment_id uuid,
  funded_at timestamptz,
  awarded_to uuid,
  order_id uuid,
  awarded_at timestamptz,
  submitted_at timestamptz,
  opened_at timestamptz,
  -- Since when every provider sees it, not only those who were told of it.
  hall_at timestamptz,
  expires_at timestamptz,
  extended boolean not null default false,
  ended_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- An instant one never opens without its money.
  check (way <> 'instant' or state not in ('open', 'awarded', 'done') or payment_id is not null),
  check ((awarded_to is null) = (order_id is null)),
  check (state not in ('awarded', 'done') or order_id is not null)
);
create index requirements_buyer on requirements (buyer_id, updated_at desc, id desc);
create index requirements_review on requirements (submitted_at, id) where state = 'in_review' and review = 'flagged';
create index requirements_hall on requirements (opened_at desc) where state = 'open';
create unique index requirements_order on requirements (order_id) where order_id is not null;

-- One row for each finished order, from the event that told of it: what work of a category costs.
create table price_facts (
  order_id uuid primary key,
  category_id uuid not null,
  amount bigint not null check (amount > 0),
  at timestamptz not null
);
create index price_facts_category on price_facts (category_id, at desc);
