-- Conversations of two people. A message's number is its place in the conversation; numbers have no gaps, so that a
-- client can see by itself that it lacks something.

create table conversations (
  id uuid primary key,
  -- The two people, in the order of their ids: a pair has one conversation, whoever begins it.
  low_id uuid not null,
  high_id uuid not null,
  last_seq integer not null default 0 check (last_seq >= 0),
  last_at timestamptz not null,
  created_at timestamptz not null,
  unique (low_id, high_id),
  check (low_id < high_id)
-- Each message changes its row here, which then stays on its page and touches no index.
) with (fillfactor = 50);

create table conversation_participants (
  conversation_id uuid not null references conversations,
  user_id uuid not null,
  read_seq integer not null default 0 check (read_seq >= 0),
  muted boolean not null default false,
  -- When this person blocked the other.
  blocked_at timestamptz,
  primary key (conversation_id, user_id)
) with (fillfactor = 70);
create index conversation_participants_user on conversation_participants (user_id);

-- What a conversation is or was about, as it was known then.
create table conversation_subjects (
  conversation_id uuid not null references conversations,
  kind text not null check (kind in ('service', 'requirement', 'quote', 'order')),
  subject_id uuid not null,
  title text not null,
  number text,
  amount bigint,
  last_at timestamptz not null,
  primary key (conversation_id, kind, subject_id)
);

create table messages (
  conversation_id uuid not null references conversations,
  seq integer not null check (seq > 0),
  -- Null for lines of the system.
  sender_id uuid,
  -- The sender's own id of the message; for cards and lines the id of the event they tell of. The same one is never stored twice.
  client_id text not null,
  kind text not null check (kind in ('text', 'image', 'file', 'card', 'system')),
  text text not null default '' check (length(text) <= 4000),
  upload_ids uuid[] not null default '{}' check (cardinality(upload_ids) <= 10),
  card jsonb,
  -- Staff took it out: it is kept for the record and shown to nobody.
  removed_at timestamptz,
  created_at timestamptz not null,
  check ((kind in ('card', 'system')) = (card is not null)),
  check (kind <> 'system' or sender_id is null)
) partition by range (created_at);
-- The keys are those of each month: of all months they could be only with the time in them, which would let the same
-- number in again a moment later. That no number and no client's id comes twice in two months is post_message's doing,
-- the one place that inserts: it holds the conversation's row, counts on from it, and looks through all its months.
create table messages_default partition of messages default;
alter table messages_default add primary key (conversation_id, seq), add unique nulls not distinct (conversation_id, sender_id, client_id);

-- Stores a message under the next number of its conversation, in one round trip: sending is the hottest write there is.
-- The conversation's row is locked first. Whoever waited for it reads a newer snapshot afterwards (read committed, one a
-- statement), so that a message sent twice at the same time is seen by the second. `outcome`: stored | again (it was
-- there already, under `seq`) | not_found (no such conversation, or not the sender's) | blocked_by_you | refused_by_other.
create function post_message(
  in_conversation uuid, in_sender uuid, in_client text, in_kind text, in_text text, in_uploads uuid[], in_card jsonb, in_at timestamptz,
  out outcome text, out seq integer, out low_id uuid, out high_id uuid, out at timestamptz
) language plpgsql as $$
declare
  held conversations;
  blocker uuid;
begin
  select * into held from conversations c where c.id = in_conversation for update;
  if not found or (in_sender is not null and in_sender not in (held.low_id, held.high_id)) then
    outcome := 'not_found';
    return;
  end if;
  low_id := held.low_id;
  high_id := held.high_id;
  select m.seq, m.created_at into seq, at from messages m
    where m.conversation_id = in_conversation and m.sender_id is not distinct from in_sender and m.client_id = in_client
      -- No message is older than its conversation: the months before it are not looked into.
      and m.created_at >= held.created_at;
  if found then
    outcome := 'again';
    return;
  end if;
  -- What has happened in a deal is told to people who have blocked each other, too.
  if in_kind not in ('card', 'system') then
    select p.user_id into blocker from conversation_participants p
      where p.conversation_id = in_conversation and p.blocked_at is not null order by p.user_id = in_sender desc limit 1;
    if found then
      outcome := case when blocker = in_sender then 'blocked_by_you' else 'refused_by_other' end;
      return;
    end if;
  end if;
  -- Times follow the numbers, also when two servers' clocks differ by a little.
  at := greatest(in_at, held.last_at);
  update conversations c set last_seq = c.last_seq + 1, last_at = at where c.id = in_conversation returning c.last_seq into seq;
  insert into messages (conversation_id, seq, sender_id, client_id, kind, text, upload_ids, card, created_at)
    values (in_conversation, seq, in_sender, in_client, in_kind, in_text, in_uploads, in_card, at);
  outcome := 'stored';
end $$;

select ensure_months(now(), 3);
