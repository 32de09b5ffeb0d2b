-- One paid escrow order: 7 statements (8 rows inserted, 2 updated) between BEGIN and COMMIT.
\set hotid random(1, :hot)
\set buyer random(1001, 101000)
\set amount random(1000, 100000)
\set fee :amount / 10
\set negamount 0 - :amount
\set negfee 0 - :fee
BEGIN;
INSERT INTO orders (buyer_account, listing_id, amount, fee, currency, status) VALUES (:buyer, :amount, :amount, :fee, 'CNY', 'funded') RETURNING id AS order_id \gset
INSERT INTO payments (order_id, provider, amount, status) VALUES (:order_id, 'bench', :amount, 'captured');
INSERT INTO journal_entries (order_id, kind) VALUES (:order_id, 'escrow_funded') RETURNING id AS entry_id \gset
INSERT INTO postings (entry_id, account_id, amount) VALUES (:entry_id, :buyer, :negamount), (:entry_id, :hotid, :amount), (:entry_id, :hotid, :negfee), (:entry_id, :buyer, :fee);
INSERT INTO outbox (topic, payload) VALUES ('order.funded', jsonb_build_object('order', :order_id::bigint, 'amount', :amount::bigint));
UPDATE accounts SET balance = balance - :amount + :fee, version = version + 1 WHERE id = :buyer;
UPDATE accounts SET balance = balance + :amount - :fee, version = version + 1 WHERE id = :hotid;
COMMIT;
