-- The books: accounts, entries and postings, and the one function that writes them.
--
-- What the tables hold true by themselves, whatever SQL is sent:
--   * a posting names a source, a destination and an amount above zero, so nothing unbalanced can be stored;
--   * a balance changes only because a posting is inserted (the trigger ledger_move does it), and never below zero;
--   * entries and postings are never changed, deleted or truncated;
--   * a key is used once, and each entry carries the hash of the one before it in its chain.
-- ledger_post runs with its owner's rights. Let the program connect as a role that may only execute it and read:
--   grant select on ledger_accounts, ledger_entries, ledger_postings, ledger_checkpoints to <role>;
--   grant execute on function ledger_post, ledger_lock_chain, ledger_balance, ledger_checkpoint, ensure_month, drop_empty_month to <role>;

create function ledger_is_platform(address text) returns boolean language sql immutable parallel safe
  return starts_with(address, 'gateway:') or starts_with(address, 'platform:');

-- Addresses are checked when an account opens (ledger_open), not by a constraint that every change of a balance would
-- pay for. A platform account has no balance: every payment touches it, and a running row would make them all wait.
create table ledger_accounts (
  address text collate "C" primary key,
  currency text not null,
  balance bigint constraint ledger_accounts_balance_not_negative check (balance >= 0),
  opened_at timestamptz not null
) with (fillfactor = 70);

-- The form of the texts is checked by ledger_post: Postgres prepares a constraint anew for each statement, and with
-- patterns as constraints an entry took twice as long.
create table ledger_entries (
  id uuid primary key,
  key text not null unique,
  kind text not null,
  chain text collate "C" not null,
  sequence bigint not null,
  currency text not null,
  order_id uuid,
  milestone_id uuid,
  payment_id uuid,
  user_id uuid,
  memo text not null,
  at timestamptz not null,
  content_hash bytea not null,
  previous_hash bytea,
  hash bytea not null,
  unique (chain, sequence)
);
create index ledger_entries_order on ledger_entries (order_id, id) where order_id is not null;
create index ledger_entries_user on ledger_entries (user_id, id) where user_id is not null;

-- No foreign key to the accounts: its lock on the account's row costs a third of the speed, and the trigger below finds
-- or opens both accounts anyway. The balances after the posting are kept with it (null for a platform account).
create table ledger_postings (
  id bigint generated always as identity,
  entry_id uuid not null references ledger_entries,
  ordinal smallint not null,
  source text collate "C" not null,
  destination text collate "C" not null,
  amount bigint not null,
  currency text not null,
  source_balance bigint,
  destination_balance bigint,
  at timestamptz not null,
  primary key (entry_id, ordinal),
  constraint ledger_postings_form check (amount between 1 and 1000000000000000 and source <> destination and ordinal between 1 and 100)
) partition by range (entry_id);
create table ledger_postings_default partition of ledger_postings default;
create index ledger_postings_source on ledger_postings (source, id);
create index ledger_postings_destination on ledger_postings (destination, id);

-- What a platform account held up to and with posting_id; its balance is this and the postings after it.
create table ledger_checkpoints (
  address text collate "C" primary key,
  posting_id bigint not null,
  balance numeric not null,
  taken_at timestamptz not null
);

-- Up to where the next checkpoint will reach, once no transaction is left that could still add a posting before it.
create table ledger_checkpoint_mark (
  only_row boolean primary key default true check (only_row),
  posting_id bigint not null,
  next_transaction xid8 not null
);

-- ---- moving money -------------------------------------------------------------------------------------------------

-- Adds to one account and answers its new balance. An account opens with the first posting that names it.
create function ledger_add(account text, money text, delta bigint, moment timestamptz) returns bigint language plpgsql as $$
declare after_it bigint;
begin
  if ledger_is_platform(account) then
    perform from ledger_accounts where address = account and currency = money;
    if found then return null; end if;
    insert into ledger_accounts (address, currency, balance, opened_at) values (account, money, null, moment) on conflict do nothing;
    perform from ledger_accounts where address = account and currency = money;
    if found then return null; end if;
  else
    update ledger_accounts set balance = balance + delta where address = account and currency = money returning balance into after_it;
    if found then return after_it; end if;
    -- Two entries may open the same account at once; the second then adds to what the first has opened.
    insert into ledger_accounts as existing (address, currency, balance, opened_at) values (account, money, delta, moment)
      on conflict (address) do update set balance = existing.balance + excluded.balance where existing.currency = excluded.currency
      returning balance into after_it;
    if found then return after_it; end if;
  end if;
  raise exception 'account % is not in %', account, money using errcode = 'LG002';
end $$;

create function ledger_move() returns trigger language plpgsql as $$
begin
  if current_setting('ledger.entry', true) is distinct from new.entry_id::text then
    raise exception 'postings are written by ledger_post' using errcode = 'LG003';
  end if;
  -- Before anything moves: the constraint on the amount would speak only after a balance had been found too low.
  if new.amount is null or new.amount < 1 then
    raise exception 'an amount is greater than zero, not %', new.amount using errcode = 'LG003';
  end if;
  new.source_balance := ledger_add(new.source, new.currency, -new.amount, new.at);
  new.destination_balance := ledger_add(new.destination, new.currency, new.amount, new.at);
  return new;
end $$;
create trigger ledger_move before insert on ledger_postings for each row execute function ledger_move();

create function ledger_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the books are not changed: % on % was refused', tg_op, tg_table_name using errcode = 'LG004';
end $$;
create trigger ledger_unchanged before update or delete or truncate on ledger_entries for each statement execute function ledger_refuse();
create trigger ledger_unchanged before update or delete or truncate on ledger_postings for each statement execute function ledger_refuse();
create trigger ledger_unchanged before delete or truncate on ledger_accounts for each statement execute function ledger_refuse();
-- Inside ledger_move the depth is 1: a balance that changes at depth 0 was not changed by a posting.
create trigger ledger_moved_only before update on ledger_accounts for each row when (pg_trigger_depth() = 0) execute function ledger_refuse();
create function ledger_open() returns trigger language plpgsql as $$
begin
  if new.address !~ '^(escrow|clearing|available|frozen|payout|refund|suspense|gateway|platform)(:[a-z0-9_-]+)+$' or length(new.address) > 200 or new.currency !~ '^[A-Z]{3}$' then
    raise exception '% in % cannot be an account', new.address, new.currency using errcode = 'LG003';
  end if;
  if (new.balance is null) <> ledger_is_platform(new.address) then
    raise exception 'only a platform account is without a balance, not %', new.address using errcode = 'LG003';
  end if;
  if new.balance <> 0 and pg_trigger_depth() = 1 then
    raise exception 'the books are not changed: an account opens empty or with a posting' using errcode = 'LG004';
  end if;
  return new;
end $$;
create trigger ledger_open before insert on ledger_accounts for each row execute function ledger_open();
-- Also for a session that has switched triggers off for replication.
alter table ledger_entries enable always trigger ledger_unchanged;
alter table ledger_postings enable always trigger ledger_unchanged;
alter table ledger_accounts enable always trigger ledger_unchanged;
alter table ledger_accounts enable always trigger ledger_moved_only;

-- ---- hashes -------------------------------------------------------------------------------------------------------

-- SHA-256 over the fields an entry is told with, one a line, then a line "source>destination amount" for each posting
-- (`body`), an empty line, and the memo, which alone may hold line breaks. The time is left out: a replay comes later
-- than what it repeats.
create function ledger_content_hash(key text, kind text, chain text, currency text, order_id uuid, milestone_id uuid, payment_id uuid, user_id uuid, body text, memo text)
returns bytea language sql immutable parallel safe
  return sha256(convert_to(concat_ws(E'\n', key, kind, chain, currency, coalesce(order_id::text, '-'), coalesce(milestone_id::text, '-'), coalesce(payment_id::text, '-'), coalesce(user_id::text, '-'), body, '', memo), 'UTF8'));

-- SHA-256 over the hash before it in the chain (nothing for the first), place, id, time in microseconds, and content.
create function ledger_chain_hash(previous_hash bytea, sequence bigint, id uuid, at timestamptz, content_hash bytea)
returns bytea language sql stable parallel safe
  return sha256(coalesce(previous_hash, ''::bytea) || convert_to(concat_ws(E'\n', '', sequence, id, (extract(epoch from at) * 1000000)::bigint, ''), 'UTF8') || content_hash);

-- ---- posting ------------------------------------------------------------------------------------------------------

-- Entries of one chain are written one after the other.
create function ledger_lock_chain(chain text) returns void language sql
  as $$ select pg_advisory_xact_lock(hashtextextended(chain, 7420112604)) $$;

-- Writes entries: [{ id, key, kind, chain, currency, order_id?, milestone_id?, payment_id?, user_id?, memo?, at, postings: [[source, destination, "amount"]] }].
-- Locks are taken in one order by everybody: chains by their lock's number, then accounts by address. So two calls never
-- wait for each other in a circle.
create function ledger_post(entries jsonb) returns table (entry_id uuid, replayed boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  entry jsonb;
  postings jsonb;
  owners text[];
  body text;
  content bytea;
  existing record;
  last record;
begin
  if jsonb_array_length(entries) = 1 then
    perform ledger_lock_chain(entries -> 0 ->> 'chain');
  else
    perform pg_advisory_xact_lock(lock) from (
      select distinct hashtextextended(item ->> 'chain', 7420112604) as lock from jsonb_array_elements(entries) as item order by lock) as locks;
  end if;

  if jsonb_array_length(entries) = 1 and jsonb_array_length(entries -> 0 -> 'postings') = 1 then
    postings := entries -> 0 -> 'postings' -> 0;
    owners := array_remove(array[case when not ledger_is_platform(postings ->> 0) then postings ->> 0 end, case when not ledger_is_platform(postings ->> 1) then postings ->> 1 end], null);
  else
    select array_agg(distinct address) into owners
      from jsonb_array_elements(entries) as item, jsonb_array_elements(item -> 'postings') as posting, lateral (values (posting ->> 0), (posting ->> 1)) as sides (address)
      where not ledger_is_platform(address);
  end if;
  if cardinality(owners) > 1 then
    -- "do update … where false" locks the row that is there and changes nothing; a missing one is opened with zero.
    insert into ledger_accounts as existing_account (address, currency, balance, opened_at)
      select address, entries -> 0 ->> 'currency', 0, (entries -> 0 ->> 'at')::timestamptz from unnest(owners) as address order by address collate "C"
      on conflict (address) do update set balance = existing_account.balance where false;
  else
    -- One account cannot make a circle; it is locked before its postings are numbered, so that numbers follow its balance.
    perform from ledger_accounts where address = owners[1] for no key update;
  end if;

  for entry in select * from jsonb_array_elements(entries) loop
    postings := entry -> 'postings';
    if jsonb_array_length(postings) not between 1 and 100 then
      raise exception 'an entry has 1 to 100 postings, not %', jsonb_array_length(postings) using errcode = 'LG003';
    end if;
    if coalesce(length(entry ->> 'key') not between 1 and 200 or length(entry ->> 'kind') not between 1 and 50 or length(entry ->> 'chain') not between 1 and 100
        or length(coalesce(entry ->> 'memo', '')) > 500 or (entry ->> 'key') || (entry ->> 'kind') || (entry ->> 'chain') ~ '[^!-~]', true) then
      raise exception 'key, kind, chain or memo of an entry is too long or not plain: %', left(entry ->> 'key', 200) using errcode = 'LG003';
    end if;
    select string_agg((posting ->> 0) || '>' || (posting ->> 1) || ' ' || (posting ->> 2)::bigint, E'\n' order by place) into body
      from jsonb_array_elements(postings) with ordinality as list (posting, place);
    content := ledger_content_hash(entry ->> 'key', entry ->> 'kind', entry ->> 'chain', entry ->> 'currency', (entry ->> 'order_id')::uuid,
      (entry ->> 'milestone_id')::uuid, (entry ->> 'payment_id')::uuid, (entry ->> 'user_id')::uuid, body, coalesce(entry ->> 'memo', ''));

    select id, content_hash into existing from ledger_entries where key = entry ->> 'key';
    if found then
      if existing.content_hash <> content then
        raise exception 'key % is in the books with other content', entry ->> 'key' using errcode = 'LG001';
      end if;
      entry_id := existing.id; replayed := true;
      return next;
      continue;
    end if;

    entry_id := (entry ->> 'id')::uuid; replayed := false;
    select sequence, hash into last from ledger_entries where chain = entry ->> 'chain' order by sequence desc limit 1;
    insert into ledger_entries (id, key, kind, chain, sequence, currency, order_id, milestone_id, payment_id, user_id, memo, at, content_hash, previous_hash, hash)
      values (entry_id, entry ->> 'key', entry ->> 'kind', entry ->> 'chain', coalesce(last.sequence, 0) + 1, entry ->> 'currency', (entry ->> 'order_id')::uuid,
        (entry ->> 'milestone_id')::uuid, (entry ->> 'payment_id')::uuid, (entry ->> 'user_id')::uuid, coalesce(entry ->> 'memo', ''), (entry ->> 'at')::timestamptz,
        content, last.hash, ledger_chain_hash(last.hash, coalesce(last.sequence, 0) + 1, entry_id, (entry ->> 'at')::timestamptz, content));
    perform set_config('ledger.entry', entry_id::text, true);
    insert into ledger_postings (entry_id, ordinal, source, destination, amount, currency, at)
      select ledger_post.entry_id, place, posting ->> 0, posting ->> 1, (posting ->> 2)::bigint, entry ->> 'currency', (entry ->> 'at')::timestamptz
      from jsonb_array_elements(postings) with ordinality as list (posting, place) order by place;
    perform set_config('ledger.entry', '', true);
    return next;
  end loop;
end $$;

-- ---- balances -----------------------------------------------------------------------------------------------------

create function ledger_balance(account text) returns numeric language plpgsql stable as $$
declare total numeric; settled bigint;
begin
  if not ledger_is_platform(account) then
    return coalesce((select balance from ledger_accounts where address = account), 0);
  end if;
  select posting_id, balance into settled, total from ledger_checkpoints where address = account;
  return coalesce(total, 0)
    + coalesce((select sum(amount) from ledger_postings where destination = account and id > coalesce(settled, 0)), 0)
    - coalesce((select sum(amount) from ledger_postings where source = account and id > coalesce(settled, 0)), 0);
end $$;

-- Brings the checkpoints up to the mark of the call before, if every transaction that was running then has ended, and
-- sets a new mark. A posting's number is drawn before its transaction commits: without the wait one that commits late
-- would be left out for ever.
create function ledger_checkpoint(moment timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare mark record; last_posting bigint; moved boolean := false;
begin
  perform pg_advisory_xact_lock(7420112605);
  select * into mark from ledger_checkpoint_mark;
  if found and pg_snapshot_xmin(pg_current_snapshot()) >= mark.next_transaction then
    insert into ledger_checkpoints as existing (address, posting_id, balance, taken_at)
      select account.address, mark.posting_id,
        coalesce(before_it.balance, 0)
          + coalesce((select sum(amount) from ledger_postings where destination = account.address and id > coalesce(before_it.posting_id, 0) and id <= mark.posting_id), 0)
          - coalesce((select sum(amount) from ledger_postings where source = account.address and id > coalesce(before_it.posting_id, 0) and id <= mark.posting_id), 0),
        moment
      from ledger_accounts as account left join ledger_checkpoints as before_it using (address)
      where account.balance is null and coalesce(before_it.posting_id, 0) < mark.posting_id
      on conflict (address) do update set posting_id = excluded.posting_id, balance = excluded.balance, taken_at = excluded.taken_at;
    moved := found;
  elsif found and mark.next_transaction <= pg_snapshot_xmax(pg_current_snapshot()) then
    return false;
  end if;
  -- A mark from the future was made in another cluster, before a dump and restore: it is replaced.
  select case when is_called then last_value else 0 end into last_posting from ledger_postings_id_seq;
  insert into ledger_checkpoint_mark (posting_id, next_transaction) values (last_posting, pg_snapshot_xmax(pg_current_snapshot()))
    on conflict (only_row) do update set posting_id = excluded.posting_id, next_transaction = excluded.next_transaction;
  return moved;
end $$;

revoke execute on function ledger_post, ledger_checkpoint from public;
-- Below the triggers: each partition gets those for statements as its own.
select ensure_months(now(), 3);
