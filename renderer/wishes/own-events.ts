/** What this screen said itself may be taken back here without a question. Kept in the tab, with the record it speaks of. */
import { floor } from '../floor/floor.ts';
import { keep, readKeptJson } from '../kept.ts';
import { noteRecord } from '../other-record.ts';

export const ownKeptAs = 'printfloor.own-events';
const mostOwn = 200;

export function noteOwn(seq: number): void {
  const ownEvents = [...floor.getState().ownEvents, seq].slice(-mostOwn);
  floor.setState({ ownEvents });
  keep('tab', ownKeptAs, JSON.stringify(ownEvents));
  noteRecord(seq);
}

export function restoreOwn(): void {
  const own = readKeptJson('tab', ownKeptAs);
  floor.setState({ ownEvents: Array.isArray(own) ? own.filter((seq): seq is number => Number.isInteger(seq)).slice(-mostOwn) : [] });
}
