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
);
create index audit_entries_entity on audit_entries (entity, entity_id, at desc);
create index audit_entries_actor on audit_entries (actor_id, at desc);
create index audit_entries_time on audit_entries (at desc);

create function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries are append-only' using errcode = 'restrict_violation';
end $$;
create trigger audit_entries_append_only before update or delete on audit_entries for each row execute function audit_refuse();
create trigger audit_entries_no_truncate before truncate on audit_entries for each statement execute function audit_refuse();
