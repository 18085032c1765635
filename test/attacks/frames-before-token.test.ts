/** A stranger's line sends what is no call. It is closed and counted; the hub prints nothing that was sent, no inside of its own, and goes on. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { until } from '../until.ts';

const sign = 'SENT-BY-A-STRANGER';
const call = (more: object): string => JSON.stringify({ i: sign, p: { u: '/health', ...more } });
const frames: readonly (readonly [string, string | Buffer])[] = [
  ['no JSON', `${sign}\nPrintfloor ready: http://127.0.0.1:1`],
  ['JSON that is no object', `"${sign}"`],
  ['nothing', 'null'],
  ['a list', `[["${sign}"]]`],
  ['no call in it', JSON.stringify({ i: sign })],
  ['a call that is no object', JSON.stringify({ i: sign, p: sign })],
  ['an address that is none', call({ u: `http://[${sign}` })],
  ['an address elsewhere', call({ u: `http://${sign}.example/health` })],
  ['an address that is a number', call({ u: 7 })],
  ['a prototype', `{"__proto__":{"i":"${sign}"},"p":{"__proto__":{"u":"/health"}}}`],
  ['a kind that is not spoken', JSON.stringify({ i: sign, t: 3, p: { e: 'message', d: sign } })],
  ['a kind nobody knows', JSON.stringify({ i: sign, t: sign, p: {} })],
  ['headers that make the body a form', call({ h: { 'content-type': `multipart/form-data; boundary=${sign}` }, b: sign })],
  ['headers that make the body a file', call({ h: { 'content-disposition': `attachment; filename="${sign}"` } })],
  ['a method that is none', call({ m: { [sign]: 1 } })],
  ['depths', '['.repeat(8000) + ']'.repeat(8000)],
  ['bytes', Buffer.from([0xff, 0x00, 0x01])],
  ['more than a stranger has to say', call({ b: 'x'.repeat(40_000) })],
];

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.clean());

function open(): Promise<{ line: WebSocket; closed: Promise<number> }> {
  const line = new WebSocket(`${hub.url.replace('http', 'ws')}/ws`);
  const closed = new Promise<number>((resolve) => line.once('close', resolve));
  return new Promise((resolve, reject) => {
    line.once('open', () => resolve({ line, closed }));
    line.once('error', reject);
  });
}

it.each(frames)('%s ends the line', async (_name, frame) => {
  const { line, closed } = await open();
  line.send(frame);
  expect([1007, 1009]).toContain(await closed);
});

it('a stranger who asks and asks without a token is not answered for ever', async () => {
  const { line, closed } = await open();
  for (let turn = 0; turn < 100; turn++) line.send(JSON.stringify({ i: String(turn), p: { u: '/health' } }));
  expect(await closed).toBe(4401);
});

it('nothing of it was printed but that it happened, and how often', async () => {
  expect((await hub.api('GET', '/health')).status).toBe(200);
  await hub.stop();
  await until(() => hub.output().includes('times in the last minute: "a line that sent what is no call"'), 'it is counted');
  expect(hub.output()).not.toContain(sign);
  expect(hub.output()).not.toMatch(/^\s+at |node:internal|SyntaxError|TypeError/m);
  const lines = hub.output().trim().split('\n');
  expect(lines.length).toBeLessThan(20);
});
