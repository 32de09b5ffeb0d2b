-- Change orders: what was proposed, by whom, and what became of it. Further payments of a milestone whose price rose. Amounts are fen.

create table change_orders (
  id uuid primary key,
  order_id uuid not null references orders,
  number integer not null check (number > 0),
  state text not null,
  side text not null check (side in ('buyer', 'provider')),
  proposed_by uuid not null,
  reason text not null,
  -- What the other side said when it refused.
  answer text,
  terms jsonb not null,
  -- The milestones it is about, before and after, and its effect, as they were when it was proposed, and then when it was agreed to.
  lines jsonb not null,
  effect jsonb not null,
  answer_by timestamptz not null,
  pay_by timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  unique (order_id, number)
);
-- An order has at most one that is not over.
create unique index change_orders_open on change_orders (order_id) where state in ('proposed', 'awaiting_payment');

-- Who has to answer or pay the change order that is open, and until when: it waits for them beside the order's own next step.
alter table orders
  add column change_for text check (change_for in ('buyer', 'provider')),
  add column change_step text check (change_step in ('answer', 'pay')),
  add column change_at timestamptz,
  add constraint orders_change_whole check ((change_for is null) = (change_step is null) and (change_for is null) = (change_at is null));

-- What an increase has brought into a milestone's escrow, and how much of that went back: the rest came with the payment that funded it.
create table milestone_top_ups (
  milestone_id uuid not null references milestones,
  payment_id uuid not null,
  amount bigint not null check (amount > 0),
  refunded bigint not null default 0 check (refunded between 0 and amount),
  at timestamptz not null,
  primary key (milestone_id, payment_id)
);
