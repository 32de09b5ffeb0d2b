import { describe, expect, it } from 'vitest'
import { dangersOf, statementsOf } from './migration-rules.ts'

describe('a migration beside the version before', () => {
  it.each([
    'drop table orders;',
    'alter table orders drop column title;',
    'alter table orders rename column title to name;',
    'ALTER TABLE orders\n  ALTER COLUMN title TYPE varchar(10);',
    'alter table orders alter column title set not null;',
    'alter table orders add column kind text not null;',
    'alter table orders add constraint orders_kind check (kind in (1, 2));',
    'alter table orders add foreign key (kind) references kinds;',
    'create index orders_by_kind on orders (kind);',
    'truncate orders;',
  ])('may not: %s', sql => {
    expect(dangersOf(sql)).toHaveLength(1)
  })

  it.each([
    'alter table orders add column kind text;',
    "alter table orders add column kind text not null default 'a; drop table orders';",
    'alter table orders add constraint orders_kind check (kind in (1, 2)) not valid;',
    'alter table orders validate constraint orders_kind;',
    'create index concurrently orders_by_kind on orders (kind);',
    'create table kinds (id uuid primary key); create index kinds_by_id on kinds (id); alter table kinds add check (id is not null);',
    "create function f() returns void language plpgsql as $$ begin delete from x; drop table y; end $$;",
    '-- safe: made by the file before, which no version has used\ndrop table kinds;',
    '-- drop table orders;\nselect 1;',
  ])('may: %s', sql => {
    expect(dangersOf(sql)).toEqual([])
  })

  it('is taken apart where Postgres takes it apart', () => {
    expect(statementsOf("select ';'; -- a; b\nselect $a$;$a$, 1 - 2 / 3; /* ; */ select 4").map(({ text }) => text)).toEqual(["select ';'", 'select $a$;$a$, 1 - 2 / 3', 'select 4'])
  })
})
