/** Who moves a job, and what that entitles to say. Pure. */

/** The roles of a shop. A station stands for all who work at it, so it has every role but the admin's. */
export type Role =
  | 'admin'
  | 'approver'
  | 'planner'
  | 'prepress'
  | 'press operator'
  | 'finisher'
  | 'packer'
  | 'reception'
  | 'customer service';

/**
 * - `person`: somebody at a station, or another program with a token of ours
 * - `rule`: an automatic rule of the shop
 * - `engine`: the hub itself, saying what it did or saw
 */
export type Mover = {
  readonly kind: 'person' | 'rule' | 'engine';
  /** What the history says: "admin", "station Press 1", "system", "printer press-1". */
  readonly actor: string;
  readonly station: string | null;
  readonly isAdmin: boolean;
};

/** The hub itself. */
export const engine: Mover = { kind: 'engine', actor: 'system', station: null, isAdmin: false };

/** What a printer showed us. */
export function printer(hotFolder: string): Mover {
  return { ...engine, actor: `printer ${hotFolder}` };
}

/** Was this said by the hub or a machine, as a fact? People are "admin" or "station ...". */
export function isMachine(actor: string): boolean {
  return actor === 'system' || actor.startsWith('printer ');
}
