/** In which language a refusal is read: the one that is asked for, else the shop's; the key and the values are there for whoever says it otherwise. */
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterEach, beforeEach, expect, it } from 'vitest';
import WebSocket from 'ws';
import { problem } from '../../../electron/hub/server/problem.ts';
import { showProblem } from '../../../electron/hub/server/shown.ts';
import { inLanguage } from '../../../electron/hub/server/speech.ts';
import { type Problem, problemSchema, rightsOf } from '../../../shared/api.ts';
import { said } from '../../../shared/words/say.ts';
import { type Bed, startBed } from './bed.ts';
import { type Client, connect } from './clients.ts';

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
  await bed.call('PATCH', '/api/settings', { language: 'en' });
});
afterEach(() => bed.stop());

const ask = async (headers: Record<string, string>, route = '/api/jobs/4711'): Promise<Problem> => {
  const answer = await fetch(bed.url + route, { headers: { authorization: `Bearer ${bed.adminToken}`, ...headers } });
  return problemSchema.strict().parse(await answer.json());
};

it('is the one that is asked for, with the key and its values', async () => {
  const english = {
    code: 'NOT_FOUND',
    message: 'There is no job with the id 4711.',
    whatToDo: 'Look it up in GET /api/jobs; the id is not the job number.',
    key: 'refusals.jobById',
    values: { id: 4711 },
  };
  expect(await ask({})).toEqual(english);
  expect(await ask({ 'accept-language': 'en-GB,en;q=0.9,de;q=0.8' })).toEqual(english);
  const asked = async (language: string) => (await ask({ 'accept-language': language })).message;
  expect(await asked('de-AT')).toBe('Einen Auftrag mit der Id 4711 gibt es nicht.');
  expect(await asked('it, fr;q=0.5')).toBe("Il n'y a pas de travail avec l'identifiant 4711.");
  expect(await ask({ 'accept-language': 'es' })).toMatchObject({
    ...english,
    message: 'No hay un trabajo con el id 4711.',
    whatToDo: expect.stringMatching(/^Buscarlo/),
  });
});

it("is the shop's where nobody asks for one, as soon as the shop says so", async () => {
  expect(await bed.call('GET', '/api/settings')).toMatchObject({ body: { language: 'en' } });
  await bed.call('PATCH', '/api/settings', { language: 'fr' });
  expect((await ask({})).message).toBe("Il n'y a pas de travail avec l'identifiant 4711.");
  expect((await ask({ 'accept-language': '*' })).message).toMatch(/^Il n'y a pas/);
  expect((await ask({ 'accept-language': 'en' })).message).toMatch(/^There is no job/);
  expect(await bed.call('PATCH', '/api/settings', { language: 'it' })).toMatchObject({ status: 400 });
  const garbage = await fetch(bed.url, { headers: { 'x-long': 'x'.repeat(40_000) } });
  expect(await garbage.json()).toMatchObject({ code: 'HEADERS_TOO_LARGE', message: 'Les en-têtes sont trop grands.' });
});

it('is told to every screen when it changes, whoever changes it, and a refusal speaks it as soon as a screen knows', async () => {
  const { line, client } = await connect(bed, bed.stationToken);
  const feed = await client.live({});
  expect((await feed.next()).value).toMatchObject({ settings: false });
  await bed.store.write((tx) => tx.changeSettings({ language: 'es' }));
  for await (const push of feed) if (push.settings) break;
  expect(await client.health()).toMatchObject({ language: 'es' });
  expect((await ask({})).message).toBe('No hay un trabajo con el id 4711.');
  line.terminate();
});

it('is that of the screen on a line, call by call', async () => {
  let language = 'de';
  const line = new WebSocket(`${bed.url.replace('http', 'ws')}/ws`, { headers: { 'accept-language': 'es' } });
  await new Promise((resolve) => line.once('open', resolve));
  const link = new RPCLink({
    websocket: line as unknown as globalThis.WebSocket,
    headers: () => ({ authorization: `Bearer ${bed.stationToken}`, ...(language !== '' && { 'accept-language': language }) }),
  });
  const client: Client = createORPCClient(link);
  const refused = async () => (await client.jobs.get({ id: 4711 }).catch((error: unknown) => error)) as ORPCError<string, unknown>;
  const german = await refused();
  expect(german).toBeInstanceOf(ORPCError);
  expect(german).toMatchObject({
    code: 'NOT_FOUND',
    defined: true,
    message: 'Einen Auftrag mit der Id 4711 gibt es nicht.',
    data: { key: 'refusals.jobById' },
  });
  language = 'fr';
  expect((await refused()).message).toMatch(/^Il n'y a pas/);
  language = '';
  expect((await refused()).message).toMatch(/^No hay/);
  line.terminate();
});

it('tells a station no path in any of them, however deep it stands', () => {
  const [inner, outer] = [said('phrases.hotFolder', { name: '/srv/secret/press' }), said('phrases.incomingFolder')];
  const words = said('refusals.liesInFolder', { inner, innerPath: '/srv/secret/in/1', outer, outerPath: 'C:\\secret\\in' });
  const told = showProblem(problem('CONFLICT', words), rightsOf.station);
  for (const language of ['en', 'de', 'fr', 'es'] as const)
    expect(JSON.stringify(inLanguage(told, language)), language).not.toContain('secret');
  expect(inLanguage(told, 'de').message).toBe('Der Hotfolder … (…) liegt in einem anderen: der Eingangsordner (…).');
  expect(inLanguage(problem('CONFLICT', words), 'de').message).toContain('/srv/secret/in/1');
});

it('stays English where a newer version said it', () => {
  const newer = problem('NOT_NOW', said('refusals.stillUnclear'));
  const data = { ...newer.data, key: 'refusals.ofLater', values: { some: { key: 'phrases.ofLater', values: {} } } };
  const told = new ORPCError('NOT_NOW', { message: 'Something new.', data });
  expect(inLanguage(told, 'de')).toBe(told);
});
