-- Beside the product's own tables, with the same columns, keys and indexes, but without triggers and foreign keys: what
-- the purchase of a service writes, for escrow-purchase.pgbench.sql and escrow-callback.pgbench.sql to write as plain
-- statements. The samples are of one purchase through the product, so that rows have the product's size.
create schema plain;
do $$ declare name text; begin
  foreach name in array array['idempotency_keys', 'orders', 'milestones', 'checklist_lines', 'payments', 'gateway_events', 'payment_receipts', 'deadlines', 'transitions', 'outbox', 'ledger_entries', 'ledger_postings', 'ledger_accounts'] loop
    execute format('create table plain.%1$I (like public.%1$I including all)', name);
  end loop;
end $$;
insert into plain.orders select * from orders;
insert into plain.milestones select * from milestones;
insert into plain.payments select * from payments;
insert into plain.deadlines select * from deadlines;
create table plain.sample_order as select * from orders where number not like 'B%' limit 1;
create table plain.sample_payment as select * from payments where trade_no is null limit 1;
create table plain.sample_answers as
  select max(answer) filter (where contract = 'orders.createDirect') as placed, max(answer) filter (where contract = 'payments.create') as opened from idempotency_keys;
create table plain.sample_facts as select payload as facts from outbox where topic = 'order.created' limit 1;
analyze plain.orders, plain.milestones, plain.payments, plain.deadlines, plain.sample_order, plain.sample_payment, plain.sample_answers, plain.sample_facts;
