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
