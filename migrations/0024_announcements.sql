-- Announcements: what the platform tells everybody, and how far each person has read.

create table announcements (
  id uuid primary key,
  kind text not null check (kind in ('notice', 'maintenance', 'rules')),
  title_zh text not null,
  title_en text not null,
  body_zh text not null,
  body_en text not null,
  -- Of a change of rules: when it takes effect.
  effective_at timestamptz,
  state text not null,
  -- Since when, or from when on, everybody can read it.
  published_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null,
  check ((kind = 'rules') = (effective_at is not null)),
  check (state not in ('scheduled', 'published') or published_at is not null),
  -- The law asks that changed rules are public for seven days before they count.
  check (state not in ('scheduled', 'published') or effective_at is null or effective_at >= published_at + interval '168 hours')
);
create index announcements_public on announcements (published_at desc, id desc) where published_at is not null;
create index announcements_made on announcements (created_at desc, id desc);

-- Up to which moment of publishing somebody has read. Nobody gets a row until they read: publishing writes one row for all.
create table announcement_readers (
  user_id uuid primary key,
  read_until timestamptz not null
);
