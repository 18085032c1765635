/**
 * The keys of the desktop window. It works as a station: its key is made of the admin's, so that it is the same after every start (what was meant at the window is
 * kept under it), lies in no file, and leads back to nothing. Where the floor is new it also gets a key of the admin that ends by itself, so that a newcomer sets
 * up without looking for a file. Pure, but for the chance in that one.
 */
import { createHmac } from 'node:crypto';
import { makeToken } from './tokens.ts';

/** Long enough for a first afternoon of trying. */
const firstSetUpMs = 2 * 60 * 60_000;

export type WindowKeys = {
  /** What the history calls it. */
  readonly station: string;
  /** Of the role `station`. Never to be logged, like all of them. */
  readonly token: string;
  /** Of the role `admin`, while the floor is new; null later. `endsAt`: epoch ms. */
  readonly setUp: { readonly token: string; readonly endsAt: number } | null;
};

/** `station`: the name of the computer. */
export function makeWindowKeys(adminToken: string, station: string, isNewFloor: boolean, now: number): WindowKeys {
  return {
    station,
    token: createHmac('sha256', adminToken).update('printfloor window').digest('base64url'),
    setUp: isNewFloor ? { token: makeToken(), endsAt: now + firstSetUpMs } : null,
  };
}
