-- Coupons: what a campaign offers, what each person has of it, and what an order carries of it. Amounts are fen.

create table coupon_campaigns (
  id uuid primary key,
  -- As people type it, in capitals.
  code text not null unique check (code ~ '^[A-Z0-9]{4,20}$'),
  name_zh text not null,
  name_en text not null,
  -- Who gives what the coupon takes off the price. A provider's own discount would need their money up front.
  bearer text not null check (bearer in ('platform')),
  kind text not null check (kind in ('amount', 'percent')),
  -- Off the price: this much, or so many hundredths of a per cent of it but at most the cap.
  amount bigint check (amount > 0),
  percent_bps integer check (percent_bps between 1 and 9900),
  cap bigint check (cap > 0),
  -- The price of the order is at least this.
  minimum bigint not null check (minimum >= 0),
  -- None: every category.
  category_ids uuid[] not null default '{}',
  valid_from timestamptz not null,
  valid_to timestamptz not null check (valid_to > valid_from),
  total_limit integer not null check (total_limit > 0),
  per_person integer not null check (per_person > 0),
  budget bigint not null check (budget > 0),
  -- Shown to everybody; else only who knows the code can claim it.
  listed boolean not null,
  state text not null,
  -- A coupon in hand is a promise: its full worth is taken from the budget when it is claimed, and what is not needed is given back.
  claimed integer not null default 0 check (claimed between 0 and total_limit),
  committed bigint not null default 0 check (committed between 0 and budget),
  created_by uuid not null,
  created_at timestamptz not null,
  check ((kind = 'amount') = (amount is not null) and (kind = 'percent') = (percent_bps is not null) and (kind = 'percent') = (cap is not null))
);

create table coupons (
  id uuid primary key,
  campaign_id uuid not null references coupon_campaigns,
  user_id uuid not null,
  state text not null,
  -- The most it can take off: what the budget keeps for it until it is spent.
  worth bigint not null check (worth > 0),
  claimed_at timestamptz not null,
  valid_to timestamptz not null,
  -- The order it is held with or was spent on, and what it took off. `returned` went back to the bearer with refunds.
  order_id uuid,
  order_number text,
  order_title text,
  amount bigint check (amount between 1 and worth),
  returned bigint not null default 0 check (returned between 0 and coalesce(amount, 0)),
  used_at timestamptz,
  check ((order_id is null) = (state in ('ready', 'expired')) and (order_id is null) = (amount is null) and (order_id is null) = (order_number is null) and (order_id is null) = (order_title is null))
);
create index coupons_person on coupons (user_id, id desc);
create index coupons_campaign on coupons (campaign_id, user_id);
-- An order has at most one coupon.
create unique index coupons_order on coupons (order_id) where order_id is not null;

alter table orders
  add column coupon_id uuid,
  add column coupon_name_zh text,
  add column coupon_name_en text,
  add column coupon_bearer text check (coupon_bearer in ('platform')),
  -- What it took off the price when it was chosen. A change of price or a refund moves the milestones' shares, not this.
  add column coupon bigint not null default 0 check (coupon >= 0),
  add constraint orders_coupon_whole check ((coupon_id is null) = (coupon = 0) and (coupon_id is null) = (coupon_name_zh is null) and (coupon_id is null) = (coupon_name_en is null) and (coupon_id is null) = (coupon_bearer is null));

alter table milestones
  -- What of the price the coupon gives, frozen when it was chosen; and what of `refunded` went back to its bearer instead of the buyer.
  add column coupon bigint not null default 0 check (coupon between 0 and price),
  add column coupon_refunded bigint not null default 0 check (coupon_refunded between 0 and coupon and coupon_refunded <= refunded);

-- What a coupon added to what was paid: the payer pays the amount, and the two together are the price.
alter table payments add column coupon bigint not null default 0 check (coupon >= 0);

-- What of `to_buyer` went back to who bore the coupon.
alter table refund_requests add column coupon bigint check (coupon between 0 and to_buyer);
