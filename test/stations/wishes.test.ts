/** Wishes in a real browser: kept before they are sent, sent once, in order, and as nobody else's. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { browserFlags, findBrowser } from '../browser.ts';
import { until } from '../until.ts';
import { otherToken, token } from './stand-in-router.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const codes = () => floor.hub.recorded.filter(({ actor }) => actor !== 'system').map(({ jobId, code }) => `${jobId} ${code}`);
const waiting = (page: Page) => page.locator('[data-testid="waiting"][data-kept="yes"]');
const away = async (page: Page): Promise<void> => {
  floor.expectComplaints(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|status of 401/);
  floor.hub.goAway();
  await page.getByTestId('lost').waitFor();
};
const show = (page: Page, jobId: number): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, `#/job/${jobId}`);
const press = async (page: Page, jobId: number, key: string): Promise<void> => {
  await show(page, jobId);
  await page.locator(`[aria-keyshortcuts="Alt+${key.toUpperCase()}"]`).first().waitFor();
  await page.keyboard.press(`Alt+${key}`);
};
const jobs = (...titles: string[]) => titles.map((title) => floor.lying(title).id);
const online = { timeout: 20_000 };

it('many things without a line, also two for one job, are kept and shown, outlive their window, and are recorded once in their order', async () => {
  const [a = 0, b = 0, c = 0] = jobs('Menu card', 'Poster', 'Banner');
  const page = await floor.open('#/');
  for (const id of [a, b, c]) {
    await show(page, id);
    await page.locator('.job_head').waitFor();
  }
  await away(page);
  await press(page, a, 'm');
  await press(page, a, 'p');
  await press(page, b, 'p');
  await press(page, c, 'p');
  await press(page, c, 'p');
  await show(page, a);
  await until(async () => (await waiting(page).count()) === 2, 'both are kept');
  expect(await waiting(page).allTextContents()).toEqual([expect.stringContaining('On the press'), expect.stringContaining('Printed')]);
  await page
    .getByTestId('unsent')
    .getByText(/Not sent: .*1 more/)
    .waitFor();
  // One of them is not wanted any more.
  await show(page, b);
  await waiting(page).getByRole('button', { name: 'Take back' }).click();
  await until(async () => (await waiting(page).count()) === 0, 'it is taken back');
  // Two windows of the same browser, and the one in which it was meant is closed.
  const second = await page.context().newPage();
  const third = await page.context().newPage();
  floor.hub.comeBack();
  await page.close();
  await Promise.all([second, third].map((one) => one.goto(`${floor.hub.url}/#/job/${a}`)));
  await until(() => codes().length >= 3, 'they are recorded', 20_000);
  await second.locator('.job_head').getByText('Printed').waitFor(online);
  expect(codes().sort()).toEqual([`${a} InProduction`, `${a} Printed`, `${c} Printed`]);
  expect(codes().indexOf(`${a} InProduction`)).toBeLessThan(codes().indexOf(`${a} Printed`));
});

it('a browser that is killed right after it said kept has kept it', async () => {
  const [id = 0] = jobs('Menu card');
  const profile = await mkdtemp(join(tmpdir(), 'printfloor-wishes-'));
  const start = async () => {
    await rm(join(profile, 'DevToolsActivePort'), { force: true });
    const flags = [...browserFlags(), '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'];
    const program = spawn(findBrowser() ?? chromium.executablePath(), flags, { stdio: 'ignore', detached: true });
    const port = (): Promise<string> => readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
    await until(async () => (await port()).includes('\n'), 'the browser listens', 20_000);
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${(await port()).split('\n')[0]}`);
    const [context] = browser.contexts();
    if (context === undefined || program.pid === undefined) throw new Error('no browser');
    const { pid } = program;
    const gone = new Promise((done) => program.once('exit', done));
    const kill = async (): Promise<void> => {
      process.kill(-pid, 'SIGKILL');
      await gone;
      await browser.close().catch(() => undefined);
    };
    return { page: await context.newPage(), kill };
  };
  try {
    const first = await start();
    await first.page.addInitScript((key) => localStorage.setItem('printfloor.token', key), token);
    await first.page.goto(`${floor.hub.url}/#/job/${id}`);
    await first.page.locator('[data-action="printed"]').waitFor();
    await away(first.page);
    await first.page.keyboard.press('Alt+p');
    await waiting(first.page).waitFor();
    await new Promise((done) => setTimeout(done, 300));
    await first.kill();
    floor.hub.comeBack();
    const second = await start();
    await second.page.addInitScript((key) => localStorage.setItem('printfloor.token', key), token);
    await second.page.goto(`${floor.hub.url}/#/`);
    await until(() => codes().length > 0, 'it is recorded', 20_000);
    await second.kill();
    expect(codes()).toEqual([`${id} Printed`]);
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

it('what one key meant waits for that key, says whose it is, and is not sent under another', async () => {
  const [id = 0] = jobs('Menu card');
  const page = await floor.open(`#/job/${id}`, { signedIn: false });
  const signIn = async (key: string): Promise<void> => {
    await page.getByLabel('Key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('.job_head').waitFor(online);
  };
  await signIn(token);
  await away(page);
  await press(page, id, 'p');
  await waiting(page).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  floor.hub.comeBack();
  await page
    .getByTestId('unsent')
    .getByText(/Waits for admin: 1001-1: Printed/)
    .waitFor();
  await signIn(otherToken);
  await page
    .getByTestId('unsent')
    .getByText(/Waits for admin.* or a new one of the same name/)
    .waitFor();
  // Nor does it say anywhere that it is being saved, or sent by itself.
  await waiting(page).getByText('Kept, and not sent by itself', { exact: false }).waitFor();
  // What this one means for the same job is not held up by it.
  await press(page, id, 'm');
  await until(() => codes().length > 0, 'it is recorded');
  expect(floor.hub.recorded.map(({ actor, code }) => `${actor}: ${code}`)).toContain('station Press 2: InProduction');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(token);
  await until(() => codes().includes(`${id} Printed`), 'it is recorded');
  expect(floor.hub.recorded.find(({ code }) => code === 'Printed')?.actor).toBe('admin');
});

it('a full queue, a fault and silence are no answers, hold up one job only, and end in one event; a refusal is shown until it is read', async () => {
  const [a = 0, b = 0] = jobs('Menu card', 'Poster');
  const page = await floor.open(`#/job/${b}`);
  await show(page, a);
  floor.hub.failNext(429, 500, 500);
  await press(page, a, 'p');
  await page.getByTestId('waiting').getByText('Kept; sent again by itself').waitFor();
  await press(page, b, 'p');
  await until(() => codes().length === 2, 'each is sent again', 15_000);
  expect(codes().sort()).toEqual([`${a} Printed`, `${b} Printed`]);
  floor.hub.refuseNext('The file still lies in the hot folder.', 'Wait.');
  await press(page, b, 'f');
  await page.getByRole('alert').getByText('The file still lies in the hot folder.').waitFor();
  await page.reload();
  await page.getByRole('alert').getByText('The file still lies in the hot folder.').waitFor();
  await page.getByRole('button', { name: 'Understood' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  expect(codes()).toHaveLength(2);
});

it.each([
  [
    'refuses its database',
    () =>
      Object.defineProperty(IDBFactory.prototype, 'open', {
        value: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      }),
  ],
  [
    'is full',
    () =>
      Object.defineProperty(IDBObjectStore.prototype, 'put', {
        value: () => {
          throw new DOMException('full', 'QuotaExceededError');
        },
      }),
  ],
] as const)('a browser that %s is told of at once, and what was meant is sent from memory', async (_name, breaks) => {
  const [id = 0] = jobs('Menu card');
  const page = await floor.open(`#/job/${id}`, { before: (fresh) => fresh.addInitScript(breaks) });
  await page.locator('[data-action="printed"]').waitFor();
  await away(page);
  await press(page, id, 'p');
  await page
    .getByTestId('unsent')
    .getByText(/This browser keeps nothing/)
    .waitFor();
  expect(await page.locator('[data-kept="yes"]').count()).toBe(0);
  floor.hub.comeBack();
  await until(() => codes().length > 0, 'it is recorded', 20_000);
  await until(async () => (await page.getByTestId('unsent').count()) === 0, 'nothing waits');
  expect(codes()).toEqual([`${id} Printed`]);
});

it('what an earlier version of the page kept is taken over once; what a later one keeps is left alone and told', async () => {
  const [id = 0] = jobs('Menu card');
  const page = await floor.open('#/', {
    before: (fresh) =>
      fresh.addInitScript((jobId) => {
        if (sessionStorage.getItem('once') !== null) return;
        sessionStorage.setItem('once', 'yes');
        const call = { kind: 'status', code: 'Printed' };
        sessionStorage.setItem('printfloor.intentions', JSON.stringify([{ actionId: 'early', jobId, number: '1001-1', call }]));
      }, id),
  });
  await until(() => codes().length === 1, 'it is recorded');
  expect(await page.evaluate(() => sessionStorage.getItem('printfloor.intentions'))).toBeNull();
  await page.evaluate(
    () =>
      new Promise<void>((done, fail) => {
        const opened = indexedDB.open('printfloor.wishes', 1);
        opened.onsuccess = () => {
          const transaction = opened.result.transaction('wishes', 'readwrite');
          transaction.objectStore('wishes').put({ version: 99, actionId: 'late', dance: true });
          transaction.oncomplete = () => done();
          transaction.onabort = () => fail(new Error('not written'));
        };
      }),
  );
  await page.reload();
  await page.getByTestId('unsent').getByText('1 entry was kept by a newer version of this page').waitFor();
  expect(codes()).toEqual([`${id} Printed`]);
});
