/**
 * The gateway's own data. Times are milliseconds since 1970 on the business clock (which the demo may move),
 * amounts are fen and stay far below 2^53, so that SQLite's integers hold them exactly.
 */
export const schema = `
create table if not exists settings (
  key text primary key,
  value text not null
) strict;

create table if not exists nonces (
  nonce text primary key,
  expires_at integer not null
) strict;
create index if not exists nonces_expires_at on nonces (expires_at);

create table if not exists trades (
  trade_no text primary key,
  out_trade_no text not null,
  -- Set when the payer paid the same thing once more: the trade paid first.
  twin_of text references trades,
  state text not null check (state in ('pending', 'succeeded', 'failed', 'closed')),
  amount integer not null check (amount between 1 and 9999999999999),
  currency text not null,
  subject text not null,
  channel text not null,
  notify_url text not null,
  return_url text not null,
  code text not null,
  wrong_codes integer not null default 0,
  reason text,
  created_at integer not null,
  expire_at integer not null,
  paid_at integer
) strict;
create unique index if not exists trades_out_trade_no on trades (out_trade_no) where twin_of is null;
create index if not exists trades_pending on trades (expire_at) where state = 'pending';
create index if not exists trades_paid_at on trades (paid_at) where paid_at is not null;

create table if not exists refunds (
  refund_no text primary key,
  out_request_no text not null unique,
  trade_no text not null references trades,
  state text not null check (state in ('processing', 'succeeded', 'failed')),
  amount integer not null check (amount between 1 and 9999999999999),
  currency text not null,
  remark text not null,
  notify_url text not null,
  reason text,
  created_at integer not null,
  -- Null while somebody must decide on the operations page.
  due_at integer,
  due_state text not null,
  settled_at integer
) strict;
create index if not exists refunds_trade_no on refunds (trade_no);
create index if not exists refunds_due_at on refunds (due_at) where due_at is not null;
create index if not exists refunds_settled_at on refunds (settled_at) where settled_at is not null;

create table if not exists transfers (
  transfer_no text primary key,
  out_biz_no text not null unique,
  state text not null check (state in ('processing', 'paid', 'failed')),
  amount integer not null check (amount between 1 and 9999999999999),
  currency text not null,
  channel text not null,
  payee_name text not null,
  payee_account text not null,
  remark text not null,
  notify_url text not null,
  reason text,
  created_at integer not null,
  due_at integer,
  due_state text not null,
  settled_at integer
) strict;
create index if not exists transfers_due_at on transfers (due_at) where due_at is not null;
create index if not exists transfers_settled_at on transfers (settled_at) where settled_at is not null;

create table if not exists notifications (
  notify_id text primary key,
  -- The trade or transfer on whose page the sending is shown.
  subject_no text not null,
  type text not null,
  notify_url text not null,
  parameters text not null,
  fault text not null,
  copies integer not null,
  tries integer not null,
  -- Grows with each redelivery, so that the end of an older sending does not end the newer one.
  round integer not null,
  -- Null when there is nothing (more) to send.
  due_at integer,
  state text not null check (state in ('waiting', 'delivered', 'given_up', 'withheld')),
  created_at integer not null
) strict;
create index if not exists notifications_due_at on notifications (due_at) where due_at is not null;
create index if not exists notifications_subject on notifications (subject_no);

create table if not exists journal (
  id integer primary key,
  subject_no text not null,
  at integer not null,
  entry text not null,
  data text not null
) strict;
create index if not exists journal_subject on journal (subject_no, id);
`
