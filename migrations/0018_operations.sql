-- For whoever runs it: which request caused an event, and finding quickly what was given up.

alter table outbox add column request_id uuid;

create index outbox_dead on outbox (id) where dead_at is not null;
create index deadlines_dead on deadlines (id) where dead_at is not null;
