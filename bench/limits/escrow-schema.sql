-- The least that one paid escrow order has to write, as plain tables: what the ledger's speed is held against.
-- Accounts 1 to 1000 are the platform's (hot), the others buyers' and sellers' (cold).
create table accounts (
  id bigint primary key, kind text not null, currency char(3) not null, balance bigint not null default 0, version bigint not null default 0
) with (fillfactor = 70);
insert into accounts select i, case when i <= 1000 then 'platform' else 'user' end, 'CNY', 0, 0 from generate_series(1, 101000) as i;
create table orders (
  id bigint generated always as identity primary key, buyer_account bigint not null references accounts, listing_id bigint not null,
  amount bigint not null check (amount > 0), fee bigint not null, currency char(3) not null, status text not null, created_at timestamptz not null default now()
);
create index on orders (buyer_account, created_at);
create table payments (
  id bigint generated always as identity primary key, order_id bigint not null references orders, provider text not null,
  provider_ref uuid not null unique default gen_random_uuid(), amount bigint not null, status text not null, created_at timestamptz not null default now()
);
create index on payments (order_id);
create table journal_entries (
  id bigint generated always as identity primary key, order_id bigint not null references orders, kind text not null,
  idempotency_key uuid not null unique default gen_random_uuid(), created_at timestamptz not null default now()
);
create table postings (
  id bigint generated always as identity primary key, entry_id bigint not null references journal_entries, account_id bigint not null references accounts, amount bigint not null
);
create index on postings (account_id, id);
create table outbox (
  id bigint generated always as identity primary key, topic text not null, payload jsonb not null, created_at timestamptz not null default now(), published_at timestamptz
);
create index on outbox (id) where published_at is null;
