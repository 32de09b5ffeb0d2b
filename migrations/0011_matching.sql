-- Who was found for a requirement, and what providers have done here, kept from events. Amounts are fen.

-- One ranking a requirement; `next_at` is when the next wave goes.
create table match_runs (
  requirement_id uuid primary key,
  buyer_id uuid not null,
  opened_at timestamptz not null,
  ranked_at timestamptz not null,
  -- How many fit at all.
  fitting integer not null check (fitting >= 0),
  wave integer not null check (wave >= 0),
  next_at timestamptz,
  -- The first quote or taking.
  first_answer_at timestamptz,
  ended_at timestamptz
);
create index match_runs_opened on match_runs (opened_at);
create index match_runs_answered on match_runs (opened_at) where first_answer_at is not null;

create table invitations (
  requirement_id uuid not null references match_runs,
  provider_id uuid not null,
  wave integer not null check (wave > 0),
  score integer not null check (score between 0 and 100),
  newcomer boolean not null,
  parts jsonb not null,
  reasons jsonb not null,
  state text not null check (state in ('waiting', 'invited', 'seen', 'quoting', 'quoted', 'declined', 'taken', 'passed')),
  told_at timestamptz,
  -- The first sign of an answer: a quote, a taking or a no.
  answered_at timestamptz,
  changed_at timestamptz not null,
  primary key (requirement_id, provider_id)
);
create index invitations_provider on invitations (provider_id, told_at desc) where told_at is not null;

-- Every order a provider has or had, from the order's own events.
create table provider_orders (
  order_id uuid primary key,
  provider_id uuid not null,
  category_id uuid,
  state text not null check (state in ('running', 'finished', 'ended')),
  on_time boolean,
  at timestamptz not null
);
create index provider_orders_provider on provider_orders (provider_id, state);

create table provider_ratings (
  -- The review's id.
  review_id uuid primary key,
  provider_id uuid not null,
  attitude integer not null check (attitude between 1 and 5),
  skill integer not null check (skill between 1 and 5),
  quality integer not null check (quality between 1 and 5),
  at timestamptz not null
);
create index provider_ratings_provider on provider_ratings (provider_id);

-- What stood in a provider's feed without an invitation: when it was there first, at which place, and what came of it.
create table feed_impressions (
  provider_id uuid not null,
  requirement_id uuid not null,
  rank integer not null check (rank > 0),
  score integer not null check (score between 0 and 100),
  parts jsonb not null,
  shown_at timestamptz not null,
  opened_at timestamptz,
  answered_at timestamptz,
  primary key (provider_id, requirement_id)
);
create index feed_impressions_shown on feed_impressions (shown_at);

-- What a provider looks for in the hall again and again. Conditions as the hall's address has them.
create table saved_searches (
  id uuid primary key,
  provider_id uuid not null,
  conditions jsonb not null,
  alert boolean not null,
  created_at timestamptz not null,
  unique (provider_id, conditions)
);
create index saved_searches_alert on saved_searches (id) where alert;

-- Which requirement a saved search has found: each is told of once.
create table saved_search_hits (
  search_id uuid not null references saved_searches on delete cascade,
  requirement_id uuid not null,
  at timestamptz not null,
  primary key (search_id, requirement_id)
);
