-- The catalog: categories, fees, services and their changes, sales and ratings of a service, favourites.

create table categories (
  id uuid primary key,
  -- A category of the first level has no parent; services stand in those of the second.
  parent_id uuid references categories,
  slug text collate "C" not null unique check (slug ~ '^[a-z][a-z0-9-]{1,40}$'),
  name_zh text not null,
  name_en text not null,
  summary_zh text,
  summary_en text,
  icon text,
  skills text[] not null default '{}',
  position integer not null,
  retired_at timestamptz
);
create index categories_parent on categories (parent_id, position);

-- What the platform takes on release. The newest rule of the subcategory counts, else of its parent, else the general one.
create table fee_rules (
  id uuid primary key,
  category_id uuid references categories,
  fee_bps integer not null check (fee_bps between 0 and 5000),
  minimum bigint check (minimum >= 0),
  maximum bigint check (maximum >= 0),
  valid_from timestamptz not null,
  check (minimum <= maximum),
  unique nulls not distinct (category_id, valid_from)
);
insert into fee_rules (id, fee_bps, valid_from) values ('01900000-0000-7000-8000-000000000001', 800, '2020-01-01T00:00:00Z');

create table services (
  id uuid primary key,
  provider_id uuid not null,
  state text not null,
  -- What buyers see: null until the first approval. It is one document, because it is reviewed, replaced and frozen on
  -- an order as a whole; what is looked up by SQL stands in columns of its own.
  content jsonb,
  category_id uuid references categories,
  price_from bigint check (price_from > 0),
  delivery_days integer check (delivery_days > 0),
  -- Counts the approvals.
  version integer not null default 0 check (version >= 0),
  -- Orders in progress at one time; null means without limit.
  capacity integer check (capacity between 1 and 100),
  published_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (state not in ('published', 'paused')
    or (content is not null and category_id is not null and price_from is not null and delivery_days is not null and published_at is not null))
);
create index services_provider on services (provider_id, created_at desc);
create index services_newest on services (published_at desc) where state = 'published';
create index services_category on services (category_id) where state = 'published';

-- What a provider writes; it replaces the content of the service once a moderator approves it.
create table service_changes (
  id uuid primary key,
  service_id uuid not null references services,
  state text not null,
  content jsonb not null,
  -- The content it replaced, kept so that before and after can be compared later.
  before jsonb,
  reason text,
  submitted_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (state <> 'in_review' or submitted_at is not null),
  check (state <> 'rejected' or reason is not null)
);
create unique index service_changes_open on service_changes (service_id) where state in ('draft', 'in_review', 'rejected');
create index service_changes_history on service_changes (service_id, created_at desc);
create index service_changes_queue on service_changes (submitted_at, id) where state = 'in_review';

-- One row for each finished order of a service, from the event that told of it.
create table service_sales (
  order_id uuid primary key,
  service_id uuid not null references services,
  on_time boolean,
  at timestamptz not null
);
create index service_sales_recent on service_sales (at, service_id);
create index service_sales_service on service_sales (service_id);

-- Sums, never averages: adding one more is exact.
create table service_stats (
  service_id uuid primary key references services,
  sales integer not null default 0 check (sales >= 0),
  on_time integer not null default 0 check (on_time >= 0),
  timed integer not null default 0 check (timed >= on_time),
  reviews integer not null default 0 check (reviews >= 0),
  attitude integer not null default 0,
  skill integer not null default 0,
  quality integer not null default 0
);

create table favourite_services (
  user_id uuid not null,
  service_id uuid not null references services,
  at timestamptz not null,
  primary key (user_id, service_id)
);
create index favourite_services_newest on favourite_services (user_id, at desc, service_id);
