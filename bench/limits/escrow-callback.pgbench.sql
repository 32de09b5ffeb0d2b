-- The rows of one payment callback that puts a direct order's price into escrow: 13 inserted (notification, receipt,
-- deadline, 3 transitions, 3 events, entry, posting, account), 3 updated, 1 deleted. `n` is the order.
\set amount random(1000, 100000)
BEGIN;
INSERT INTO plain.gateway_events (gateway, event_id, type, subject_id, outcome, amount, received_at) VALUES ('sandbox', gen_random_uuid()::text, 'payment.succeeded', bench_id(:n), 'taken', :amount, now());
UPDATE plain.payments SET state = 'succeeded', paid_at = now(), trade_no = 'T', query_at = null WHERE id = bench_id(:n);
UPDATE plain.orders SET state = 'paid', accept_by = now() + interval '1 day', waits_for = 'provider', next_at = now() + interval '1 day' WHERE id = bench_id(:n);
UPDATE plain.milestones SET state = 'funded', funded_at = now(), payment_id = bench_id(:n) WHERE id = bench_id(:n);
DELETE FROM plain.deadlines WHERE entity = 'order' AND entity_id = bench_id(:n) AND action = 'expire';
INSERT INTO plain.deadlines (id, entity, entity_id, action, due_at) VALUES (uuidv7(), 'order', uuidv7(), 'lapse', now() + interval '1 day');
INSERT INTO plain.transitions (id, entity, entity_id, action, from_state, to_state, actor, data, at) SELECT uuidv7(), entity, bench_id(:n), action, 'a', 'b', 'gateway', facts, now()
  FROM plain.sample_facts, (VALUES ('order', 'pay'), ('milestone', 'fund'), ('payment', 'succeed')) AS step (entity, action);
INSERT INTO plain.outbox (event_id, topic, key, payload, at) SELECT uuidv7(), topic, bench_id(:n)::text, facts, now()
  FROM plain.sample_facts, (VALUES ('order.pay'), ('milestone.fund'), ('payment.succeed')) AS event (topic);
INSERT INTO plain.ledger_entries (id, key, kind, chain, sequence, currency, order_id, milestone_id, payment_id, user_id, memo, at, content_hash, hash)
  VALUES (uuidv7(), 'escrow.funded:' || uuidv7(), 'escrow.funded', 'order:' || uuidv7(), 1, 'CNY', bench_id(:n), bench_id(:n), bench_id(:n), bench_id(:n), '', now(), decode(repeat('ab', 32), 'hex'), decode(repeat('cd', 32), 'hex'));
INSERT INTO plain.ledger_accounts (address, currency, balance, opened_at) VALUES ('escrow:' || uuidv7(), 'CNY', :amount, now());
INSERT INTO plain.ledger_postings (entry_id, ordinal, source, destination, amount, currency, destination_balance, at) VALUES (uuidv7(), 1, 'gateway-alipay', 'escrow:' || uuidv7(), :amount, 'CNY', :amount, now());
INSERT INTO plain.payment_receipts (gateway, trade_no, payment_id, amount, outcome, received_at) VALUES ('sandbox', gen_random_uuid()::text, uuidv7(), :amount, 'used', now());
COMMIT;
