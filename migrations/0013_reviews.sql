-- Reviews: one from each side of a completed order, kept apart until both are in or the window closes.
create table reviews (
  id uuid primary key,
  order_id uuid not null,
  order_number text not null,
  title text not null,
  service_id uuid,
  -- Which side wrote it.
  side text not null check (side in ('buyer', 'provider')),
  author_id uuid not null,
  subject_id uuid not null,
  state text not null,
  attitude smallint check (attitude between 1 and 5),
  skill smallint check (skill between 1 and 5),
  quality smallint check (quality between 1 and 5),
  body text,
  -- For the other side's eyes alone.
  suggestion text,
  answer text,
  answered_at timestamptz,
  closes_at timestamptz not null,
  submitted_at timestamptz,
  published_at timestamptz,
  unique (order_id, side),
  check (state in ('open', 'closed') or (attitude is not null and skill is not null and quality is not null))
);
create index reviews_subject on reviews (subject_id, published_at desc, id desc) where state = 'published';
create index reviews_service on reviews (service_id, published_at desc, id desc) where state = 'published';
create index reviews_recent on reviews (published_at desc, id desc) where state = 'published' and side = 'buyer';
create index reviews_author_open on reviews (author_id, closes_at) where state = 'open';
