-- Beside the product's own tables, with the same columns, keys and indexes, but without triggers and foreign keys: what
-- a payment's callback writes, for escrow-callback.pgbench.sql to write as plain statements.
create schema plain;
do $$ declare name text; begin
  foreach name in array array['gateway_events', 'payment_receipts', 'payments', 'orders', 'milestones', 'deadlines', 'transitions', 'outbox', 'ledger_entries', 'ledger_postings', 'ledger_accounts'] loop
    execute format('create table plain.%1$I (like public.%1$I including all)', name);
  end loop;
end $$;
insert into plain.orders select * from orders;
insert into plain.milestones select * from milestones;
insert into plain.payments select * from payments;
insert into plain.deadlines select * from deadlines;
analyze plain.orders, plain.milestones, plain.payments, plain.deadlines;
