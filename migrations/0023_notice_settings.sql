-- What people choose about notices, what waits for a better hour, and what could not be sent.

-- What a person has chosen otherwise than by default.
create table notice_choices (
  user_id uuid not null,
  group_name text not null,
  email boolean not null,
  sms boolean not null,
  primary key (user_id, group_name)
);

-- Minutes of the day on the clock of a time zone. From later than until: over midnight.
create table quiet_hours (
  user_id uuid primary key,
  from_minute smallint not null check (from_minute between 0 and 1439),
  until_minute smallint not null check (until_minute between 0 and 1439),
  time_zone text not null,
  check (from_minute <> until_minute)
);

-- In the product's time, unlike next_attempt_at: a moved demo clock ends quiet hours, but shortens no back-off.
alter table notice_sendings add column not_before timestamptz;
-- Why it was not sent after all: no such contact any more, switched off meanwhile, no longer true.
alter table notice_sendings add column dropped text check (dropped in ('no_contact', 'switched_off', 'overtaken'));
alter table notice_sendings add column dead_at timestamptz;
-- safe: so few rows are in it before the first release
create index notice_sendings_dead on notice_sendings (dead_at) where dead_at is not null;

-- Up to which message a person has been told outside that some wait.
alter table conversation_participants add column told_seq integer not null default 0;

-- When messages were last looked through for those that nobody reads, and up to which time of theirs that is settled.
create table unread_sweep (
  only_row boolean primary key default true check (only_row),
  looked_at timestamptz not null default now(),
  settled_until timestamptz not null default now()
);
insert into unread_sweep default values;

-- Rows come in the order of time, so that a few bytes a page are enough, and sending pays nothing.
-- safe: a summary of pages, made in moments
create index messages_time on messages using brin (created_at) with (autosummarize = on);

alter table mailbox add column html text;
