-- People: who they are, how they prove it, what providers tell about themselves.

create table users (
  id uuid primary key,
  username text not null,
  -- The username with everything that looks alike made the same, so that nobody can pass for somebody else.
  username_key text not null constraint users_username_key_unique unique,
  display_name text not null,
  kind text not null default 'person' check (kind in ('person', 'studio', 'company')),
  roles text[] not null default '{buyer}' check (roles <@ '{buyer,provider}'),
  staff_roles text[] not null default '{}',
  -- Argon2id in the PHC format. Without one a person signs in by code.
  password_hash text,
  avatar_upload_id uuid,
  city text,
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  -- What staff have confirmed: the real name of a person, or the registration of a company.
  verified text check (verified in ('person', 'company')),
  -- Set together: since when, and the reason they are told.
  suspended_at timestamptz,
  suspension_reason text,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  check ((suspended_at is null) = (suspension_reason is null))
);

-- Phone and e-mail: the value is encrypted, the keyed blind index finds it.
create table user_contacts (
  user_id uuid not null references users (id),
  channel text not null check (channel in ('phone', 'email')),
  value_sealed text not null,
  value_index text not null,
  confirmed_at timestamptz not null,
  primary key (user_id, channel),
  constraint user_contacts_index_unique unique (channel, value_index)
);

-- Which version of which document somebody agreed to, and when.
create table consents (
  user_id uuid not null references users (id),
  document text not null check (document in ('terms', 'privacy')),
  version text not null,
  at timestamptz not null,
  primary key (user_id, document, version)
);

create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id),
  -- SHA-256 of the token in the cookie: who reads this table cannot sign in with it.
  token_hash text not null unique,
  method text not null check (method in ('password', 'code', 'registration', 'recovery')),
  user_agent text,
  address_masked text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_user on sessions (user_id);

-- One-time codes sent by SMS or e-mail. Only a keyed hash of the code is kept.
create table sign_in_codes (
  id uuid primary key,
  purpose text not null check (purpose in ('register', 'sign_in', 'recover', 'change_contact', 'confirm_identity')),
  contact_index text not null,
  address_index text not null,
  code_hash text not null,
  attempts integer not null default 0,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_codes_contact on sign_in_codes (contact_index, sent_at desc);
create index sign_in_codes_address on sign_in_codes (address_index, sent_at desc);

-- A person has just shown again that it is them; serves once, in the session it was made in.
create table identity_confirmations (
  id uuid primary key,
  user_id uuid not null references users (id),
  session_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Failed attempts to sign in, by account name tried and by address; both as keyed indexes.
create table sign_in_failures (
  key text primary key,
  failures integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz
);
create index sign_in_failures_age on sign_in_failures (last_failed_at);

create table provider_profiles (
  user_id uuid primary key references users (id),
  headline text not null default '',
  bio text not null default '',
  bio_en text not null default '',
  contact_name text,
  -- Codes of cities; `all` is the whole country, at a distance.
  areas text[] not null default '{}',
  skills text[] not null default '{}',
  -- By ISO weekday: {"1": ["09:00", "18:00"]}. A weekday that is missing is closed; empty means always open.
  weekly_hours jsonb not null default '{}',
  reply_habit text not null default '',
  holiday_from date,
  holiday_until date,
  holiday_note text not null default '',
  -- Orders in progress at the same time.
  capacity integer not null default 3 check (capacity between 1 and 99),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((holiday_from is null) = (holiday_until is null) and holiday_from <= holiday_until)
);

create table portfolio_cases (
  id uuid primary key,
  user_id uuid not null references users (id),
  title text not null,
  summary text not null,
  year integer not null check (year between 1980 and 2200),
  industry text not null,
  image_ids uuid[] not null default '{}',
  -- A generated cover: {"motif", "palette", "variant"}. Shown while there is no picture.
  cover jsonb,
  position integer not null,
  created_at timestamptz not null
);
create index portfolio_cases_user on portfolio_cases (user_id, position);

-- Requests to confirm a real name. Name and number are encrypted; the index finds the same number used twice.
create table verifications (
  id uuid primary key,
  user_id uuid not null references users (id),
  kind text not null check (kind in ('person', 'company')),
  state text not null check (state in ('in_review', 'approved', 'rejected')),
  name_sealed text not null,
  number_sealed text not null,
  number_index text not null,
  reason text,
  decided_by uuid references users (id),
  decided_at timestamptz,
  created_at timestamptz not null
);
create index verifications_user on verifications (user_id, created_at desc);
create index verifications_waiting on verifications (created_at) where state = 'in_review';
create unique index verifications_one_waiting on verifications (user_id) where state = 'in_review';
create index verifications_number on verifications (number_index);

-- Codes and security notices that wait to be sent; the recipient and the text are encrypted, and go once sent.
create table outgoing_messages (
  id uuid primary key,
  channel text not null check (channel in ('phone', 'email')),
  content_sealed text not null,
  attempts integer not null default 0,
  -- In the database's own time, not the product's.
  claimed_until timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index outgoing_messages_order on outgoing_messages (created_at);

-- Only in demo mode: people a visitor may sign in as, with their password for the sign-in page to fill in.
create table demo_accounts (
  user_id uuid primary key references users (id),
  password text not null,
  position integer not null
);
