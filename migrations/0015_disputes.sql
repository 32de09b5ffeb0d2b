-- Refund requests with their offers, disputes with sealed evidence, rulings. Amounts are fen, of the milestone's price before the fee.

create table refund_requests (
  id uuid primary key,
  order_id uuid not null,
  order_number text not null,
  title text not null,
  category_id uuid,
  milestone_id uuid not null,
  position integer not null,
  milestone_title text not null,
  buyer_id uuid not null,
  provider_id uuid not null check (provider_id <> buyer_id),
  asked_by text not null check (asked_by in ('buyer', 'provider')),
  cause text not null,
  -- Where the money was when it was asked, and what is divided: the whole escrow, or what is frozen of what is clearing.
  stage text not null check (stage in ('escrow', 'clearing')),
  pot bigint not null check (pot > 0),
  state text not null,
  -- The newest offer, and what each side last named.
  version integer not null,
  offered_by text not null check (offered_by in ('buyer', 'provider')),
  wanted bigint not null check (wanted between 0 and pot),
  granted bigint not null check (granted between 0 and pot),
  answer_by timestamptz,
  outcome text check (outcome in ('agreed', 'silence', 'ruled', 'withdrawn')),
  -- How it was divided, to the fen.
  to_buyer bigint check (to_buyer >= 0),
  fee bigint check (fee >= 0),
  net bigint check (net >= 0),
  created_at timestamptz not null,
  ended_at timestamptz,
  check (to_buyer is null or to_buyer + fee + net = pot)
);
-- One at a time on a milestone.
create unique index refund_requests_live on refund_requests (milestone_id) where state in ('open', 'negotiating', 'escalated');
create index refund_requests_order on refund_requests (order_id, id);
create index refund_requests_answer on refund_requests (answer_by) where answer_by is not null;
create index refund_requests_newest on refund_requests (id desc);

-- What was proposed, by whom, never changed. Files by upload id with the hash they had.
create table refund_offers (
  request_id uuid not null references refund_requests,
  version integer not null,
  side text not null check (side in ('buyer', 'provider')),
  author_id uuid not null,
  amount bigint not null check (amount >= 0),
  message text not null,
  files jsonb not null,
  at timestamptz not null,
  primary key (request_id, version)
);

create table disputes (
  id uuid primary key,
  number text not null unique,
  request_id uuid not null unique references refund_requests,
  order_id uuid not null,
  buyer_id uuid not null,
  provider_id uuid not null,
  category_id uuid,
  pot bigint not null check (pot > 0),
  state text not null,
  -- Who decides in the first instance, and on appeal: never the same person.
  arbitrator_id uuid,
  appellate_id uuid check (appellate_id <> arbitrator_id),
  -- By when the next thing happens: evidence ends, a ruling is due, an appeal is possible.
  due_at timestamptz,
  evidence_until timestamptz not null,
  evidence_extended boolean not null default false,
  buyer_done_at timestamptz,
  provider_done_at timestamptz,
  appeal_until timestamptz,
  appealed_by text check (appealed_by in ('buyer', 'provider')),
  appeal_reason text,
  appealed_at timestamptz,
  opened_at timestamptz not null,
  ended_at timestamptz
);
create index disputes_due on disputes (due_at) where ended_at is null;
create index disputes_ended on disputes (ended_at desc) where ended_at is not null;
create index disputes_category on disputes (category_id) where state = 'executed';
create index disputes_buyer on disputes (buyer_id);
create index disputes_provider on disputes (provider_id);

-- The evidence: what the system sealed when the case opened, and what each side said. `sha256` is of the content as canonical JSON.
create table evidence_pieces (
  dispute_id uuid not null references disputes,
  number integer not null check (number > 0),
  kind text not null,
  side text not null check (side in ('system', 'buyer', 'provider')),
  author_id uuid,
  text text,
  sealed jsonb,
  files jsonb not null,
  sha256 text not null,
  at timestamptz not null,
  primary key (dispute_id, number)
);

create table rulings (
  dispute_id uuid not null references disputes,
  instance text not null check (instance in ('first', 'appeal')),
  arbitrator_id uuid not null,
  to_buyer bigint not null check (to_buyer >= 0),
  to_provider bigint not null check (to_provider >= 0),
  reasons text not null,
  at timestamptz not null,
  primary key (dispute_id, instance)
);

-- Nobody changes what was said, sealed or decided.
create function disputes_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'evidence, offers and rulings are not changed: % on % was refused', tg_op, tg_table_name;
end $$;
create trigger unchanged before update or delete or truncate on refund_offers for each statement execute function disputes_refuse();
create trigger unchanged before update or delete or truncate on evidence_pieces for each statement execute function disputes_refuse();
create trigger unchanged before update or delete or truncate on rulings for each statement execute function disputes_refuse();

-- An arbitrator's unfinished ruling and marks, for nobody else.
create table ruling_drafts (
  dispute_id uuid not null references disputes,
  arbitrator_id uuid not null,
  to_buyer bigint check (to_buyer >= 0),
  reasons text not null,
  marks jsonb not null,
  saved_at timestamptz not null,
  primary key (dispute_id, arbitrator_id)
);
