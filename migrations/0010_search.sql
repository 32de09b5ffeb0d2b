-- The embedded search engine. Everything in this schema is a copy of rows elsewhere and may be dropped and rebuilt.
-- The tables of documents are made by the engine itself from each index's declaration, one set a generation, so that
-- a rebuild fills a new set and takes its place in one step: search.<index>_<generation>, …_words, …_phrases, …_keys.
-- Processes that search keep what matching, filtering and counting read in memory; all of it comes from these tables.

create extension if not exists pg_trgm;

create schema search;

create sequence search.generations;

create table search.indexes (
  name text primary key,
  -- Of the declaration the live generation was made for; another one asks for a rebuild.
  fingerprint text not null,
  -- Writers hold this row while they write, and so does a swap: no write misses its generation.
  live bigint not null,
  building bigint,
  -- Rises with every write, so that a process sees whether its copy in memory is as new as the tables.
  version bigint not null default 0,
  -- Removals up to this version are remembered no longer: a copy that is older is read anew.
  forgotten bigint not null default 0
);

-- Which documents of a live generation are no more, for the copies in memory: a replaced one is one that went and one that came.
create table search.gone (
  generation bigint not null,
  version bigint not null,
  number integer not null,
  primary key (generation, version, number)
);

-- What was removed while a rebuild was reading: it must not come back with what the rebuild had read before.
create table search.removals (
  generation bigint not null,
  id text not null,
  primary key (generation, id)
);

-- What a search server beside Postgres holds, and what it has yet to hear. Empty when there is none.
create table search.remote_indexes (
  name text primary key,
  -- Of the declaration and settings it was built with.
  fingerprint text not null
);

create table search.remote_changes (
  seq bigint generated always as identity primary key,
  index_name text not null,
  id text not null,
  -- Null when it was removed.
  document jsonb,
  at timestamptz not null default now()
);
create index remote_changes_index on search.remote_changes (index_name, seq);
