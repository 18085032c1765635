/** Keeps the floor in step with the hub: follows its pushes, notices a loss, catches up from the last event seen. */
import type { Live } from '../shared/api.ts';
import {
  dropToken,
  hasToken,
  hub,
  type KeyTried,
  keyRefusedBy,
  lastRefused,
  onOtherToken,
  openHub,
  reconnect,
  takeToken,
  tryKey,
} from './client.ts';
import { applyLive, floor } from './floor/floor.ts';
import { loadAsked, loadRejected } from './floor/load.ts';
import { askHealth } from './health.ts';
import { hubNow } from './hub-clock.ts';
import { beginAnew, isOtherRecord } from './other-record.ts';
import { forgetSetUp, keepSetUp, setUpKey, watchSetUp } from './set-up.ts';
import { sayWhoseAgain, whoseKeptAs } from './whose-file.ts';
import { ownKeptAs } from './wishes/own-events.ts';
import { noteOtherRecord, sendDue } from './wishes/sender.ts';
import { startWishes } from './wishes/start.ts';

/** A network that swallows packets closes no socket; only an unanswered question shows it. */
const askEveryMs = 10_000;
let following = 0;

function lost(): void {
  following++;
  const { connection, heardAt } = floor.getState();
  // What is shown is from the last word of the hub, not from when its silence was noticed.
  if (connection.kind === 'online' || (connection.kind === 'connecting' && hasToken()))
    floor.setState({ connection: { kind: 'lost', since: heardAt ?? hubNow() } });
}

function take(push: Live): void {
  const { connection, heardAt } = floor.getState();
  const before = connection.kind;
  // After a loss everything shown is asked for anew, whatever the hub thinks this page knows.
  const whole = { ...push, resync: push.resync || (before === 'lost' && heardAt !== null) };
  floor.setState({ ...applyLive(floor.getState(), whole), heardAt: hubNow(), ...(before !== 'online' && { onlineSince: Date.now() }) });
  if (push.arrivals || push.resync || before !== 'online') {
    void loadRejected();
    void loadAsked().then(before === 'online' ? undefined : sayWhoseAgain);
  }
  if (push.settings) void askHealth().catch(() => undefined);
  if (before !== 'online') sendDue();
}

/** The hub has another record, or this screen another key: the page begins anew. */
function forgetFloor(): void {
  beginAnew([ownKeptAs, whoseKeptAs]);
}

async function follow(): Promise<void> {
  const mine = ++following;
  if (!hasToken()) {
    // A key that was refused stays said, until another is tried.
    if (floor.getState().connection.kind !== 'signedOut') askForKey();
    return;
  }
  try {
    const known = { hub: floor.getState().health?.hub ?? null, seq: floor.getState().seq };
    const health = await askHealth();
    if (mine !== following) return;
    if (isOtherRecord(health, known)) {
      await noteOtherRecord({ hub: health.hub, seq: health.seq });
      forgetFloor();
      return;
    }
    const { seq } = floor.getState();
    for await (const push of await hub().live(seq > 0 ? { since: seq } : {})) {
      if (mine !== following) return;
      take(push);
    }
  } catch (error) {
    if (mine !== following) return;
    const refused = keyRefusedBy(error);
    if (refused !== null && setUpKey() !== null) {
      endSetUp();
      return;
    }
    if (refused !== null) {
      dropToken(refused);
      askForKey();
      return;
    }
  }
  if (mine === following) setTimeout(reconnect, 1000);
}

/**
 * There is no key, or none any more, which another tab may have been told: what it has shown is not for whoever comes next. What was meant under it stays kept,
 * and goes out under no other.
 */
function askForKey(): void {
  if (floor.getState().seq > 0) forgetFloor();
  else floor.setState({ connection: { kind: 'signedOut', reason: lastRefused() ?? 'noKey' } });
}

async function askWhetherAlive(): Promise<void> {
  if (floor.getState().connection.kind !== 'online') return;
  try {
    await askHealth();
    sendDue();
  } catch {
    if (floor.getState().connection.kind === 'online') reconnect();
  }
}

/** Starts once, for the life of the page. */
export function startLive(): void {
  startWishes();
  openHub(() => void follow(), lost);
  setInterval(() => void askWhetherAlive(), askEveryMs);
  addEventListener('online', reconnect);
  // The key that is kept now is the other tab's to drop.
  onOtherToken(forgetFloor);
  watchSetUp(endSetUp);
}

/** Tries this key; the connection says whether it was the right one. */
export function signIn(token: string): void {
  floor.setState({ connection: { kind: 'signedOut', reason: 'checking' } });
  if (!takeToken(token)) floor.setState({ connection: { kind: 'signedOut', reason: 'unknown' } });
}

/** From now on this screen works under the key of the admin, when it is one; the page begins anew with what he may see. Answers what the key is. */
export async function signInForSetUp(key: string): Promise<KeyTried> {
  const tried = await tryKey(key);
  if (tried !== 'admin') return tried;
  keepSetUp(key, null);
  forgetFloor();
  return tried;
}

/** The screen is a station again, and nothing stays of what only the admin sees. */
export function endSetUp(): void {
  forgetSetUp();
  forgetFloor();
}

/** Forgets the key of this floor in this browser, and what was seen with it. */
export function signOut(): void {
  forgetSetUp();
  dropToken(null);
  forgetFloor();
}
