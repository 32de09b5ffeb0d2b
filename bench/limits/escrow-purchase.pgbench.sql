-- A service is ordered, and its payment opened: the rows of POST /orders and of POST /payments, a transaction each as
-- they are made durable one after the other. 10 rows inserted. escrow-callback.pgbench.sql follows. `n` is the order.
BEGIN;
INSERT INTO plain.idempotency_keys (owner, key, contract, request_hash, status, answer, created_at)
  SELECT bench_id(:client_id)::text, gen_random_uuid()::text, 'orders.createDirect', repeat('a', 64), 201, placed, now() FROM plain.sample_answers;
INSERT INTO plain.orders (id, number, buyer_id, provider_id, buyer_name, provider_name, origin, service_id, category_id, title, snapshot, lines, state, price, currency, fee_bps, fee_minimum, fee_maximum, rules, waits_for, next_at, created_at, pay_by)
  SELECT bench_id(:n), 'P' || :n::bigint, buyer_id, provider_id, buyer_name, provider_name, origin, service_id, category_id, title, snapshot, lines, state, price, currency, fee_bps, fee_minimum, fee_maximum, rules, waits_for, next_at, created_at, pay_by FROM plain.sample_order;
INSERT INTO plain.milestones (id, order_id, position, title, price, days, state, revisions) VALUES (bench_id(:n), bench_id(:n), 1, 'standard', 120000, 5, 'planned', 2);
INSERT INTO plain.checklist_lines (milestone_id, position, text) VALUES (bench_id(:n), 1, 'source files');
INSERT INTO plain.deadlines (id, entity, entity_id, action, due_at) VALUES (uuidv7(), 'order', bench_id(:n), 'expire', now() + interval '30 minutes');
INSERT INTO plain.outbox (event_id, topic, key, payload, at) SELECT uuidv7(), 'order.created', bench_id(:n)::text, facts, now() FROM plain.sample_facts;
COMMIT;
BEGIN;
INSERT INTO plain.idempotency_keys (owner, key, contract, request_hash, status, answer, created_at)
  SELECT bench_id(:client_id)::text, gen_random_uuid()::text, 'payments.create', repeat('a', 64), 201, opened, now() FROM plain.sample_answers;
INSERT INTO plain.payments (id, purpose, subject_id, parts, title, payer_id, amount, gateway, channel, state, expires_at, created_at)
  SELECT bench_id(:n), purpose, bench_id(:n), parts, title, payer_id, amount, gateway, channel, state, expires_at, created_at FROM plain.sample_payment;
INSERT INTO plain.deadlines (id, entity, entity_id, action, due_at) VALUES (uuidv7(), 'payment', bench_id(:n), 'expire', now() + interval '30 minutes');
COMMIT;
