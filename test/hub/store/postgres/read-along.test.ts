import { expect, it } from 'vitest';
import { isReadAlong } from '../../../../electron/hub/store/postgres/read-along.ts';

it.each([
  ['postgres://shop:secret@10.0.0.5/printfloor', true],
  ['postgres://shop:secret@db.shop.test:5433/printfloor?sslmode=disable', true],
  ['postgres://shop:secret@db.shop.test/printfloor?sslmode=no-verify', true],
  ['postgres://shop:secret@db.shop.test/printfloor?sslmode=prefer', true],
  ['postgres://shop:secret@db.shop.test/printfloor?uselibpqcompat=true&sslmode=require', true],
  ['postgres://shop:secret@db.shop.test/printfloor?sslmode=verify-full', false],
  ['postgres://shop:secret@db.shop.test/printfloor?sslmode=require', false],
  ['postgres://shop:secret@localhost/printfloor', false],
  ['postgresql://shop:secret@[::1]:5432/printfloor', false],
  ['postgres:///printfloor?host=/var/run/postgresql', false],
  ['postgres:///printfloor?host=db.shop.test', true],
  ['postgres://shop:secret@localhost/printfloor?host=db.shop.test', true],
  ['postgres://shop:secret@db.shop.test/printfloor?host=localhost', false],
])('whoever listens may read along, by the address of the database: %s', (url, may) => {
  expect(isReadAlong(url)).toBe(may);
});
