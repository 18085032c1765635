/**
 * Who may get at the data folder: the rule, and the words for whoever must act. Pure. Owners and modes are those of POSIX; of Windows there are only the
 * arguments of `icacls`, which sets the lists of who may what.
 */
import { type Said, said } from '../../shared/words/say.ts';
import { Refusal } from './parts.ts';

/** What the disk says of a place. `link`: its name is a symbolic link, whatever lies behind it. `names`: how many hard links it has. */
export type Facts = {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly owner: number;
  readonly group: number;
  readonly mode: number;
  readonly names: number;
};

/** Everybody but the owner may go through the data folder to what printers and senders must reach, and sees no name in it. */
export const dataFolderMode = 0o711;
/** What is in it for nobody else: the record, the archive, the work in hand, what was rejected. */
export const ownFolderMode = 0o700;
export const ownFileMode = 0o600;

const others = 0o077;
const othersWrite = 0o022;
const everybodyWrites = 0o002;
/** In a folder with this bit nobody moves or removes what is another's. */
const sticky = 0o1000;

/** The mode it should have: never more than it has now, so that what somebody closed on purpose stays closed. */
export function closedMode(mode: number, most: number): number {
  return mode & (0o7000 | most);
}

/** Files of ours that lie right in the data folder. */
export function isOwnFile(name: string): boolean {
  return (
    isRecord(name) ||
    /^(printfloor\.before[.-].+|\.lock(-\w+)?|was-open|record-on-server|(admin-token|hub-id)(\.[0-9a-f]{12})?)$/.test(name)
  );
}

/** What the window's hub has said. Nobody is let in by it, so one that somebody else put there stops no start; nothing is written into that one either. */
export function isOwnLog(name: string): boolean {
  return /^printfloor\.log(\.before)?$/.test(name);
}

/** The record itself, with what SQLite keeps beside it. */
export function isRecord(name: string): boolean {
  return /^printfloor\.sqlite(-\w+)?$/.test(name);
}

/** Could another account write there? A group of the account's own number is taken for its own: most systems give each account one. */
export function isOpen({ mode, group }: Facts, me: number): boolean {
  return (mode & everybodyWrites) !== 0 || ((mode & othersWrite) !== 0 && group !== me);
}

function refusal(said: Said): Refusal {
  return new Refusal('CONFLICT', said);
}

/** Something of ours in the data folder. */
export type OwnPlace = {
  readonly path: string;
  /** `shared`: whose it is, is the business of whoever lets printers and senders in. */
  readonly is: 'file' | 'folder' | 'shared';
  readonly facts: Facts;
  /** What a link leads to; null where it is none, or leads nowhere. */
  readonly behind: Facts | null;
  /** How many of its names lie in the data folder, as a crash may leave them. */
  readonly ownNames: number;
};

/** Why what lies there is not taken for ours; null when it is. Whoever chose the record chose who is let in, and what is printed. */
export function objectionToOwn({ path, is, facts, behind, ownNames }: OwnPlace, me: number): Refusal | null {
  const isMine = ({ owner }: Facts): boolean => owner === me || owner === 0;
  if (facts.kind === 'link' && !isMine(facts)) return refusal(said('refusals.linkOfAnother', { path, owner: facts.owner }));
  if (is === 'shared') return null;
  const there = behind ?? facts;
  if (there.kind !== is) return refusal(said(is === 'file' ? 'refusals.noFile' : 'refusals.noFolder', { path }));
  if (!isMine(there)) return refusal(said('refusals.ownedByAnother', { path, owner: there.owner, me }));
  if (is === 'file' && there.names > ownNames) return refusal(said('refusals.namedElsewhere', { path }));
  return null;
}

export type Given = {
  /** The user id Printfloor runs as. */
  readonly me: number;
  readonly data: { readonly path: string; readonly facts: Facts };
  /** The folders on the way to it, without links. */
  readonly above: readonly { readonly path: string; readonly facts: Facts }[];
  /** Null when it is still to be made. `drafts`: how many of its names are drafts of ours that a crash left. */
  readonly token: { readonly path: string; readonly facts: Facts; readonly drafts: number } | null;
};

/**
 * Why a data folder is not used as it is; null when it may be put right and used. Whoever could write where the admin token lies may have chosen it: then the
 * token is trusted only where it is surely one that we made.
 */
export function objectionTo({ me, data, above, token }: Given): Refusal | null {
  const mine = data.facts.owner === me;
  if (!(mine || data.facts.owner === 0))
    return refusal(
      said(me === 0 ? 'refusals.dataOfAnotherRoot' : 'refusals.dataOfAnother', { path: data.path, owner: data.facts.owner, me }),
    );
  if (!mine && (data.facts.mode & othersWrite) !== 0) return refusal(said('refusals.othersWriteData', { path: data.path, me }));
  const open = above.find(({ facts }) => (facts.mode & everybodyWrites) !== 0 && (facts.mode & sticky) === 0);
  if (open !== undefined) return refusal(said('refusals.openAbove', { above: open.path, path: data.path }));
  return token === null ? null : objectionToToken(token, (data.facts.mode & othersWrite) !== 0, me);
}

/** Of a file in the data folder that says who is let in. */
function objectionToToken({ path, facts, drafts }: NonNullable<Given['token']>, wasOpen: boolean, me: number): Refusal | null {
  if (facts.kind !== 'file') return refusal(said(facts.kind === 'link' ? 'refusals.tokenIsLink' : 'refusals.tokenIsNoFile', { path }));
  if (facts.owner !== me) return refusal(said('refusals.tokenOfAnother', { path, owner: facts.owner }));
  if ((facts.mode & othersWrite) !== 0) return refusal(said('refusals.othersWriteToken', { path }));
  const names = facts.names - (wasOpen ? 0 : drafts);
  if (names > 1) return refusal(said('refusals.tokenNamedElsewhere', { path }));
  if (wasOpen && (facts.mode & others) !== 0) return refusal(said('refusals.tokenLeftOpen', { path }));
  return null;
}

/** Who runs Printfloor, as `whoami /user /fo csv /nh` says it; null when it says nothing of the kind. */
export function readSid(told: string): string | null {
  return /"(S-1-[\d-]+)"\s*$/.exec(told.trim())?.[1] ?? null;
}

/** Does a list of rights, as `icacls FOLDER` prints it, hold some that come from the folder above? */
export function inheritsRights(listing: string): boolean {
  return listing.includes('(I)');
}

const system = '*S-1-5-18';
const administrators = '*S-1-5-32-544';

/** What a folder inherits stays its own: for what printers and senders must reach. */
export function keepRightsArguments(path: string): readonly string[] {
  return [path, '/inheritance:d', '/q'];
}

/** Nobody else gets in, and what is made in it inherits that: this account, the system and the administrators of the computer. */
export function closeArguments(path: string, sid: string): readonly string[] {
  return [path, '/inheritance:r', '/grant:r', ...[`*${sid}`, system, administrators].map((who) => `${who}:(OI)(CI)F`), '/q'];
}

/** Groups in which everybody is, or nearly: everyone, authenticated users, the users and the guests of the computer, whoever is there or comes over the network, and nobody known. */
export const everybodySids: readonly string[] = ['1-0', '5-11', '5-32-545', '5-32-546', '5-4', '5-2', '5-7'].map((id) => `S-1-${id}`);
/** In no list. */
export const nobodySid = 'S-1-0-0';

/** Asks whether this account stands in the list of a folder by itself. */
export function findArguments(path: string, sid: string): readonly string[] {
  return [path, '/findsid', `*${sid}`];
}

/** Takes away what was granted to these accounts by themselves. */
export function removeArguments(path: string, sids: readonly string[]): readonly string[] {
  return [path, '/remove:g', ...sids.map((sid) => `*${sid}`), '/q'];
}
