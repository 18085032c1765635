/** Somebody guesses tokens: from one address, from many, or hidden behind a screen that only shows an old one. */
import { expect, test } from 'vitest';
import { makeGate } from '../../electron/hub/server/gate.ts';
import { makeWelcomes } from '../../electron/hub/server/welcome.ts';
import { makeWrongTokens } from '../../electron/hub/server/wrong-tokens.ts';
import { hashToken, makeToken } from '../../electron/hub/tokens.ts';
import { makeWindowKeys, type WindowKeys } from '../../electron/hub/window-keys.ts';

const right = makeToken();
const revoked = makeToken();

function openGate(now: () => number, windowKeys: WindowKeys | null = null) {
  return makeGate({
    read: {
      stationByTokenHash: async () => null,
      endedToken: async (hash) => (hash === hashToken(revoked) ? 'Press 1' : null),
    },
    welcomes: makeWelcomes(now),
    onSeen: () => undefined,
    onMisuse: () => undefined,
    onForeign: () => undefined,
    onUsed: () => undefined,
    adminTokenHash: hashToken(right),
    windowKeys,
    host: '127.0.0.1',
    port: () => 80,
    now,
  });
}

test('a screen with a revoked token does not use up the tries of whoever mistypes his', async () => {
  const gate = openGate(() => 0);
  const show = (token: string, address = '127.0.0.1') =>
    gate.identify(`Bearer ${token}`, address).then(
      () => 200,
      (error: { status: number }) => error.status,
    );
  for (let turn = 0; turn < 20; turn++) expect(await show(revoked)).toBe(401);
  expect(await show(revoked)).toBe(429);
  expect(await show(makeToken())).toBe(401);
  expect(await show('not-a-token')).toBe(401);
  expect(await show(right)).toBe(200);
});

test('guesses from many addresses are slowed together, and a right token always passes', async () => {
  const gate = openGate(() => 0);
  const statuses: number[] = [];
  for (let turn = 0; turn < 310; turn++)
    statuses.push(
      await gate.identify(`Bearer ${makeToken()}`, `fd00::${turn}`).then(
        () => 200,
        (error: { status: number }) => error.status,
      ),
    );
  expect(statuses.slice(0, 300)).toEqual(Array(300).fill(401));
  expect(statuses.slice(300)).toEqual(Array(10).fill(429));
  expect(await gate.identify(`Bearer ${right}`, 'fd00::1')).toMatchObject({ role: 'admin' });
});

test('what is counted stays small, however many addresses there are, and is forgotten after a minute', () => {
  let clock = 0;
  const wrong = makeWrongTokens(() => clock);
  for (let turn = 0; turn < 20_000; turn++) wrong.count('unknown', `fd00::${turn}`);
  expect(wrong.size()).toBeLessThan(1100);
  expect(wrong.count('unknown', 'fd00::1')).toBe(true);
  clock += 60_000;
  expect(wrong.count('unknown', 'fd00::1')).toBe(false);
  expect(wrong.size()).toBe(2);
});

test('the key by which the window of a new floor sets it up opens nothing after its time; the one of the window is a station for good', async () => {
  let now = 0;
  const keys = makeWindowKeys(right, 'PC', true, now);
  const gate = openGate(() => now, keys);
  const roleOf = (token = ''): Promise<string> =>
    gate.identify(`Bearer ${token}`, '127.0.0.1').then(
      ({ role }) => role,
      (error: { status: number; data: { tokenEnded?: boolean } }) => `${error.status} ${error.data.tokenEnded}`,
    );
  expect([await roleOf(keys.token), await roleOf(keys.setUp?.token)]).toEqual(['station', 'admin']);
  now = keys.setUp?.endsAt ?? 0;
  expect([await roleOf(keys.token), await roleOf(keys.setUp?.token)]).toEqual(['station', '401 true']);
});
