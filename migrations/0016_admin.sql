-- The back office: words that hold a text back, what people report, and which payouts wait for finance.

create table sensitive_words (
  id uuid primary key,
  text text not null,
  -- The text without blanks and signs: the same word is not kept twice.
  key text not null,
  added_at timestamptz not null,
  -- Kept when removed, so that a start does not bring back what staff took out.
  removed_at timestamptz
);
create unique index sensitive_words_once on sensitive_words (key) where removed_at is null;

-- What people say of each other's messages and reviews. The text is kept as it was when it was reported.
create table reports (
  id uuid primary key,
  kind text not null check (kind in ('message', 'review')),
  -- The conversation of a message, with its number, or the review.
  subject_id uuid not null,
  seq integer,
  author_id uuid not null,
  reporter_id uuid not null,
  content text not null,
  context text not null,
  reason text not null check (reason in ('contact', 'fraud', 'abuse', 'illegal', 'untrue', 'other')),
  note text not null,
  state text not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_note text,
  created_at timestamptz not null,
  unique nulls not distinct (kind, subject_id, seq, reporter_id),
  check ((kind = 'message') = (seq is not null))
);
create index reports_open on reports (created_at) where state = 'open';

-- For the figures of a time. Rows come in the order of time, so that a few bytes a page are enough.
create index transitions_time on transitions using brin (at);
create index ledger_postings_time on ledger_postings using brin (at);
