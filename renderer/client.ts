/**
 * The way to the hub: the only user of the contract and of the Electron window's native powers. Keeps one socket open for
 * good, with growing pauses, and says when it opens and closes. Knows nothing of what is shown.
 */
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import ReconnectingWebSocket from 'partysocket/ws';
import type { Contract, Problem } from '../shared/api.ts';
import type { Desktop, HubAccess } from '../shared/desktop.ts';
import { shortHash } from '../shared/short-hash.ts';
import { forget, keep, readKept } from './kept.ts';
import { keepSetUp, setUpKey } from './set-up.ts';
import type { Failure } from './wishes/answer-means.ts';

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to.
  interface Window {
    readonly desktop?: Desktop;
  }
}

export type Hub = ContractRouterClient<Contract>;

const tokenKeptAs = 'printfloor.token';
/** Beside the key, and not in the tab: all tabs of a browser share the key, and one of them is told of its end first. */
const refusedKeptAs = 'printfloor.token-refused';
const tryWithinMs = 6000;
/** Longer than any key the hub gives out, and nothing that cannot travel in a header. */
const likeToken = /^[\x21-\x7e]{1,500}$/;
type Access = Pick<HubAccess, 'url' | 'token'>;
let access: Access | null = null;
/** Where the admin's key lies on this computer; null where the page does not know. */
let keyPath: string | null = null;
let client: Hub | null = null;
let socket: ReconnectingWebSocket | null = null;

/** The hub as the contract describes it. Throws before `openHub`. */
export function hub(): Hub {
  if (client === null) throw new Error('The hub was asked before it was opened');
  return client;
}

/** Empty when none is kept, or nothing that could be one. */
function keptToken(): string {
  const kept = readKept('browser', tokenKeptAs) ?? '';
  return likeToken.test(kept) ? kept : '';
}

async function askWindow(desktop: Desktop): Promise<Access> {
  const given = await desktop.hub();
  keyPath = given.keyPath;
  if (given.setUp !== null && setUpKey() === null) keepSetUp(given.setUp.token, given.setUp.endsAt);
  return given;
}

/** While the admin is signed in for the set-up the screen works under that key. */
async function findAccess(): Promise<Access> {
  const { url, token } = window.desktop === undefined ? { url: location.origin, token: keptToken() } : await askWindow(window.desktop);
  access = { url, token: setUpKey() ?? token };
  return access;
}

/** In the window of the desktop: the file with the admin's key. */
export function adminKeyPath(): string | null {
  return keyPath;
}

export type KeyTried = 'admin' | 'station' | 'offline' | KeyRefused;

/** What a key would open here. Uses it for this one question. */
export async function tryKey(token: string): Promise<KeyTried> {
  if (!likeToken.test(token)) return 'unknown';
  try {
    const { url } = sourceAt('health');
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(tryWithinMs) });
    const told = (await answer.json()) as { readonly data?: unknown; readonly tokenEnded?: unknown };
    if (answer.status === 401) return told.tokenEnded === true ? 'ended' : 'unknown';
    if (!answer.ok) return 'offline';
    // The hub names its data folder to the admin only.
    return typeof told.data === 'string' && told.data !== '' ? 'admin' : 'station';
  } catch {
    return 'offline';
  }
}

/** False when a person must sign in first. */
export function hasToken(): boolean {
  return window.desktop !== undefined || keptToken() !== '';
}

/** A sign by which one key is told from another, and that opens nothing; empty where there is none. */
export function keyMark(): string {
  const token = access?.token ?? keptToken();
  return token === '' ? '' : shortHash(token);
}

/** Keeps the token for next time and uses it from now on; false when this can be no token. */
export function takeToken(token: string): boolean {
  if (!likeToken.test(token)) return false;
  keep('browser', tokenKeptAs, token);
  forget('browser', refusedKeptAs);
  if (access !== null) access = { ...access, token };
  reconnect();
  return true;
}

/** Forgets the key. `refused`: why the hub refused it, which stays said until another is taken; null: a person let go of it. */
export function dropToken(refused: KeyRefused | null): void {
  // First why, since another tab asks for it in the moment it sees that the key is gone.
  if (refused === null) forget('browser', refusedKeptAs);
  else keep('browser', refusedKeptAs, refused);
  forget('browser', tokenKeptAs);
}

/** Why there is no key; null when none was refused. */
export function lastRefused(): KeyRefused | null {
  const kept = readKept('browser', refusedKeptAs);
  return kept === 'ended' || kept === 'unknown' ? kept : null;
}

/** Tells when another tab of this browser has signed out, or in with another key: this one would go on with the old. */
export function onOtherToken(changed: () => void): void {
  addEventListener('storage', ({ key, newValue, storageArea }) => {
    const ours = access?.token ?? '';
    if (storageArea === localStorage && key === tokenKeptAs && ours !== '' && newValue !== ours) changed();
  });
}

/** Whose call it is, and in which language it is answered: that of the screen, whatever the browser is set to. */
function asScreen(): { authorization: string; 'accept-language': string } {
  return { authorization: `Bearer ${access?.token ?? ''}`, 'accept-language': document.documentElement.lang };
}

/** Connects, and again after each loss. `opened` runs each time the socket is ready; `closed` when it is lost or cannot be had. */
export function openHub(opened: () => void, closed: () => void): void {
  socket = new ReconnectingWebSocket(async () => `${(await findAccess()).url.replace(/^http/, 'ws').replace(/\/$/, '')}/ws`, [], {
    minReconnectionDelay: 300,
    maxReconnectionDelay: 10_000,
    reconnectionDelayGrowFactor: 1.6,
    connectionTimeout: 5000,
    maxEnqueuedMessages: 0,
  });
  const link = new RPCLink({
    websocket: socket as unknown as Pick<WebSocket, 'addEventListener' | 'removeEventListener' | 'send' | 'readyState'>,
    headers: () => asScreen(),
  });
  client = createORPCClient<Hub>(link);
  socket.addEventListener('open', opened);
  socket.addEventListener('close', closed);
}

/** Tries at once instead of after the pause. */
export function reconnect(): void {
  socket?.reconnect();
}

/** True when the hub itself said no; false when nobody knows whether it heard us, or when it cannot record anything at present. */
export function wasAnswered(error: unknown): boolean {
  return error instanceof ORPCError && !isNotRecorded(error);
}

/** How a call failed, as far as it says whether the hub has answered. `signal`: the limit of its time. */
export function failureOf(error: unknown, signal: AbortSignal): Failure {
  if (!(error instanceof ORPCError)) return { status: null, code: '', isLate: signal.aborted, isRule: false, retryAfterMs: null };
  const { retryAfterMs: after, rule } = fieldsOf(error);
  const { status, code } = error;
  return { status, code, isLate: false, isRule: typeof rule === 'string', retryAfterMs: typeof after === 'number' ? after : null };
}

/** The hub heard it and can record nothing at present: the same wish may be sent again later. */
function isNotRecorded(error: unknown): boolean {
  return error instanceof ORPCError && error.code === 'NOT_RECORDED';
}

/** `ended`: it was right once, and was revoked or its time is over; `unknown`: the hub knows no such key. */
export type KeyRefused = 'ended' | 'unknown';

/** Why the hub refuses the key; null when that is not what is wrong. */
export function keyRefusedBy(error: unknown): KeyRefused | null {
  if (!(error instanceof ORPCError) || error.code !== 'UNAUTHORIZED') return null;
  return fieldsOf(error)['tokenEnded'] === true ? 'ended' : 'unknown';
}

function fieldsOf({ data }: ORPCError<string, unknown>): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? { ...data } : {};
}

const problemTexts = ['rule', 'by', 'at', 'reasonCode', 'raw', 'path'] as const satisfies readonly (keyof Problem)[];

/** Any error as the one shape screens show. `code` is OFFLINE when the hub could not be reached. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ORPCError)) return offline;
  const data = fieldsOf(error);
  const text = (name: string): string | undefined => (typeof data[name] === 'string' ? data[name] : undefined);
  return {
    code: error.code,
    message: error.message,
    whatToDo: text('whatToDo') ?? '',
    ...Object.fromEntries(problemTexts.flatMap((name) => (typeof data[name] === 'string' ? [[name, data[name]]] : []))),
    ...(typeof data['mayInsist'] === 'boolean' && { mayInsist: data['mayInsist'] }),
    ...(typeof data['waiting'] === 'number' && { waiting: data['waiting'] }),
    ...(typeof data['files'] === 'number' && { files: data['files'] }),
    ...(Array.isArray(data['fields']) && { fields: data['fields'].map(String) }),
    ...((typeof data['belongsTo'] === 'string' || data['belongsTo'] === null) && { belongsTo: data['belongsTo'] }),
  };
}

/** Where the content of a file is to be had, and the headers to send along. */
export type FileSource = { readonly url: string; readonly headers: Record<string, string> };

function sourceAt(path: string): FileSource {
  return { url: `${access?.url.replace(/\/$/, '') ?? ''}/api/${path}`, headers: asScreen() };
}

export function fileSource(jobId: number, fileId: number): FileSource {
  return sourceAt(`jobs/${jobId}/files/${fileId}`);
}

/** The file that is asked about. */
export function askedSource(arrivalId: number): FileSource {
  return sourceAt(`arrivals/${arrivalId}/file`);
}

const offline: Problem = { code: 'OFFLINE', message: '', whatToDo: '' };

function refusalIn(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return offline;
  }
}

/**
 * Adds a file to a job, under a name. `told` hears how much of it has left, 0 to 1, which `fetch` does not say. Answers why the hub refused it; null when it is
 * there. Never throws.
 */
export function uploadFile(jobId: number, file: File, name: string, told: (part: number) => void): Promise<Problem | null> {
  const form = new FormData();
  form.append('file', file, name);
  const { url, headers } = sourceAt(`jobs/${jobId}/files`);
  const call = new XMLHttpRequest();
  return new Promise((answer) => {
    call.upload.addEventListener('progress', ({ loaded, total }) => told(total === 0 ? 0 : loaded / total));
    call.addEventListener('load', () => answer(call.status >= 200 && call.status < 300 ? null : refusalIn(call.responseText)));
    for (const kind of ['error', 'abort', 'timeout'] as const) call.addEventListener(kind, () => answer(offline));
    call.open('POST', url);
    for (const [header, value] of Object.entries(headers)) call.setRequestHeader(header, value);
    call.send(form);
  });
}

/** The folder dialog of the Electron window; null where there is none. */
export const chooseFolder: (() => Promise<string | null>) | null =
  window.desktop === undefined ? null : () => window.desktop?.chooseFolder() ?? Promise.resolve(null);

export async function notifyFailure(title: string, body: string): Promise<void> {
  await window.desktop?.notifyFailure({ title: title.slice(0, 100), body: body.slice(0, 300) });
}

/** For an effect that asks once: answers how to stop listening. An answer that comes after that is nobody's. */
export function whileShown<Answer>(asked: Promise<Answer>, told: (answer: Answer) => void, failed: (problem: Problem) => void): () => void {
  let late = false;
  asked.then(
    (answer) => {
      if (!late) told(answer);
    },
    (error: unknown) => {
      if (!late) failed(problemOf(error));
    },
  );
  return () => {
    late = true;
  };
}
