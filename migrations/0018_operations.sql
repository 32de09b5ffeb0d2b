-- For whoever runs it: which request caused an event, and finding quickly what was given up.

alter table outbox add column request_id uuid;

create index outbox_dead on outbox (id) where dead_at is not null;
create index deadlines_dead on deadlines (id) where dead_at is not null;

-- Whether the site is closed for changes, and what people are told. Open while `since` is null.
create table maintenance (
  only_row boolean primary key default true check (only_row),
  since timestamptz,
  message text not null default '',
  -- When it will be over, as announced.
  until timestamptz
);
insert into maintenance default values;
