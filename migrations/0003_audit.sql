-- What staff did, with the values before and after. Rows are added and never changed.
create table audit_entries (
  id uuid primary key,
  at timestamptz not null,
  actor_id uuid not null,
  -- `<feature>.<past tense>`, e.g. people.verified.
  action text not null,
  entity text not null,
  entity_id uuid not null,
  old_values jsonb,
  new_values jsonb,
  reason text
) partition by range (id);
create table audit_entries_default partition of audit_entries default;
create index audit_entries_entity on audit_entries (entity, entity_id, at desc);
create index audit_entries_actor on audit_entries (actor_id, at desc);
create index audit_entries_time on audit_entries (at desc);

create function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries are append-only' using errcode = 'restrict_violation';
end $$;
create trigger audit_entries_append_only before update or delete or truncate on audit_entries for each statement execute function audit_refuse();
-- Also for a session that has switched triggers off for replication.
alter table audit_entries enable always trigger audit_entries_append_only;
-- Each partition gets the trigger as its own, and keeps it when it is moved away.
select ensure_months(now(), 3);
