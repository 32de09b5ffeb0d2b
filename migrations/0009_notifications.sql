-- Notices to people, and their way out by SMS and e-mail.

create table notices (
  id uuid primary key,
  user_id uuid not null,
  type text not null,
  params jsonb not null default '{}',
  -- Where in the web app it leads, from the first slash.
  link text,
  created_at timestamptz not null,
  read_at timestamptz,
  -- The event it came from: a person gets one notice of a type for an event, however often the event is handed on.
  event_id uuid not null,
  unique (user_id, type, event_id)
);
create index notices_user on notices (user_id, created_at desc, id desc);
create index notices_unread on notices (user_id) where read_at is null;

create table notice_sendings (
  id uuid primary key,
  notice_id uuid not null references notices,
  channel text not null check (channel in ('sms', 'email')),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  claimed_until timestamptz,
  sent_at timestamptz,
  last_error text,
  unique (notice_id, channel)
);
create index notice_sendings_waiting on notice_sendings (next_attempt_at) where next_attempt_at is not null;
