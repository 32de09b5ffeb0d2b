-- Payments, what really came in, refunds, and payouts. Amounts are fen.

create table payments (
  id uuid primary key,
  -- What is paid for: 'order' or 'requirement', and which.
  purpose text not null,
  subject_id uuid not null,
  -- What the purpose's owner needs to know again when the money comes: which milestones, say.
  parts jsonb not null default '{}',
  title text not null,
  payer_id uuid not null,
  amount bigint not null check (amount > 0),
  currency text not null default 'CNY',
  gateway text not null,
  channel text not null,
  state text not null,
  trade_no text,
  cashier_url text,
  expires_at timestamptz not null,
  paid_at timestamptz,
  refunded_amount bigint not null default 0 check (refunded_amount >= 0),
  failure text,
  -- When to ask the gateway next about a payment that stays silent.
  query_at timestamptz,
  claimed_until timestamptz,
  queries integer not null default 0,
  created_at timestamptz not null
);
create index payments_subject on payments (subject_id);
create index payments_payer on payments (payer_id, created_at desc);
create index payments_silent on payments (query_at) where query_at is not null;

-- Every amount of money a gateway said it has received, once. A payer who pays twice makes two receipts.
create table payment_receipts (
  gateway text not null,
  trade_no text not null,
  payment_id uuid not null references payments,
  amount bigint not null check (amount > 0),
  -- 'used' for what it was meant for; 'returned' because it came twice, late, or with the wrong amount.
  outcome text not null check (outcome in ('used', 'returned')),
  reason text,
  received_at timestamptz not null,
  primary key (gateway, trade_no)
);
create index payment_receipts_payment on payment_receipts (payment_id);
-- At most one receipt of a payment is used.
create unique index payment_receipts_used on payment_receipts (payment_id) where outcome = 'used';

-- Notifications as they came, so that each is acted on once.
create table gateway_events (
  gateway text not null,
  event_id text not null,
  type text not null,
  -- The payment, refund or payout it was about; null when it named none of ours.
  subject_id uuid,
  outcome text not null,
  amount bigint not null,
  received_at timestamptz not null,
  primary key (gateway, event_id)
);

create table refunds (
  id uuid primary key,
  payment_id uuid not null references payments,
  payer_id uuid not null,
  order_id uuid,
  -- Which receipt the money goes back to. Null for what was paid from the balance.
  trade_no text,
  amount bigint not null check (amount > 0),
  -- 'escrow': the ledger holds it under refund:<payer>:<id>. 'suspense': under suspense:<payer>:<payment>.
  source text not null check (source in ('escrow', 'suspense')),
  reason text not null,
  state text not null check (state in ('requested', 'processing', 'succeeded', 'credited')),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  claimed_until timestamptz,
  last_error text,
  created_at timestamptz not null,
  settled_at timestamptz
);
create index refunds_payment on refunds (payment_id);
create index refunds_payer on refunds (payer_id, created_at desc);
create index refunds_waiting on refunds (next_attempt_at) where state in ('requested', 'processing');

-- Where a person wants to be paid. The account's number is encrypted; only its last digits are shown.
create table payout_accounts (
  id uuid primary key,
  user_id uuid not null,
  channel text not null,
  holder_name text not null,
  -- Code of the bank of a card; see account-numbers.ts.
  bank text,
  account_cipher text not null,
  -- Keyed hash of the number: finds the same account again without opening any.
  account_index text not null,
  account_tail text not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index payout_accounts_once on payout_accounts (user_id, channel, account_index) where removed_at is null;

create table payouts (
  id uuid primary key,
  user_id uuid not null,
  account_id uuid not null references payout_accounts,
  amount bigint not null check (amount > 0),
  state text not null,
  -- Was above the limit when it was asked for: finance looks at it before it is sent.
  needs_approval boolean not null default false,
  decided_by uuid,
  decided_at timestamptz,
  gateway text not null,
  transfer_no text,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  claimed_until timestamptz,
  failure text,
  requested_at timestamptz not null,
  ended_at timestamptz
);
create index payouts_user on payouts (user_id, requested_at desc);
create index payouts_waiting on payouts (next_attempt_at) where state in ('requested', 'approved', 'processing');
create index payouts_for_approval on payouts (id) where needs_approval;

-- Above which amount a payout waits for finance; the newest row counts, and null means that none does.
create table payout_limits (
  id uuid primary key,
  approval_above bigint check (approval_above > 0),
  set_at timestamptz not null
);
insert into payout_limits (id, approval_above, set_at) values ('01900000-0000-7000-8000-000000000002', 2000000, '2020-01-01T00:00:00Z');

-- Each day of each gateway's bill, compared once it is over. A row without reconciled_at waits; claimed_until is its lease, and its pause after a failure.
create table reconciliations (
  gateway text not null,
  day date not null,
  claimed_until timestamptz,
  reconciled_at timestamptz,
  -- Receipts the bill told us of that nobody had: settled then as if they had been notified.
  found integer not null default 0,
  report jsonb,
  primary key (gateway, day)
);
create index reconciliations_waiting on reconciliations (day) where reconciled_at is null or jsonb_array_length(report -> 'differences') > 0;
