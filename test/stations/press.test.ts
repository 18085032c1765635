/** The press station in a real browser. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import type { StationOptions } from './station.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const open = (options: StationOptions = {}) => floor.open('#/press/1', { width: 1920, height: 1080, ...options });
const { lying } = floor;

describe('the press station', () => {
  it('shows one job in focus and the next, and goes on when it is printed', async () => {
    const first = lying('Menu card');
    lying('Poster');
    const page = await open();
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    expect(await page.getByTestId('queue').locator('.next_item').count()).toBe(1);
    await page.keyboard.press('Alt+p');
    await page.getByTestId('focus').getByText('Poster').waitFor();
    await page.getByTestId('answer').getByText('Printed: saved').waitFor();
    expect(floor.hub.jobs.get(first.id)?.status).toBe('Printed');
    await page.getByTestId('answer').getByRole('button', { name: 'Undo' }).click();
    await until(() => floor.hub.jobs.get(first.id)?.status === 'InHotFolder', 'it is taken back');
  });

  it('prints one job under a double click, although the next one takes its place', async () => {
    const [first, second] = [lying('Menu card'), lying('Poster')];
    const page = await open();
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    await page.locator('.press_bottom [data-action="printed"]').dblclick();
    await page.getByTestId('focus').getByText('Poster').waitFor();
    expect(floor.hub.jobs.get(first.id)?.status).toBe('Printed');
    expect(floor.hub.jobs.get(second.id)?.status).toBe('InHotFolder');
  });

  it('prints one job under five impatient taps, not the next one with the last of them', async () => {
    const [first, second] = [lying('Menu card'), lying('Poster')];
    const page = await open();
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    const box = await page.locator('.press_bottom [data-action="printed"]').boundingBox();
    if (box === null) throw new Error('no button');
    // By the clock of the page: a busy machine must make no patient taps of these.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 1000);
    for (let tap = 0; tap < 5; tap++) {
      await page.mouse.click(box.x + 30, box.y + 30);
      await page.clock.runFor(240);
    }
    await page.clock.resume();
    await page.getByTestId('focus').getByText('Poster').waitFor();
    expect([first, second].map(({ id }) => floor.hub.jobs.get(id)?.status)).toEqual(['Printed', 'InHotFolder']);
    // After a rest it is meant again.
    await pause(800);
    await page.locator('.press_bottom [data-action="printed"]').click();
    await until(() => floor.hub.jobs.get(second.id)?.status === 'Printed', 'the next one too');
  });

  it('keeps the job somebody chose in focus when others come in', async () => {
    lying('Menu card');
    const second = lying('Poster');
    const page = await open();
    await page.getByTestId('queue').getByText('Poster').click();
    await page.getByTestId('focus').getByText('Poster').waitFor();
    floor.hub.addJob({ title: 'Urgent', priority: 50, hotFolderId: 1, events: [{ code: 'InHotFolder', actor: 'system' }] });
    await page.getByTestId('queue').getByText('Urgent').waitFor();
    expect(await page.getByTestId('focus').textContent()).toContain(String(second.order));
  });

  it('sets a stopped job aside with its reason and goes on with the next; touched, it is there to be released', async () => {
    const ordered = [{ code: 'Ordered', actor: 'system' }] as const;
    const waits = floor.hub.addJob({ title: 'Poster', hotFolderId: 1, events: [...ordered, { code: 'InArtworking', actor: 'system' }] });
    const press = floor.hub.addJob({
      title: 'Menu card',
      file: 'karte.pdf',
      hotFolderId: 1,
      quantity: 80,
      attributes: { Papier: '250 g', Format: 'A5', Duplex: 'true' },
      events: [...ordered, { code: 'InProduction', actor: 'station Press 1' }],
    });
    const page = await open({ height: 800, width: 1280 });
    const focus = page.getByTestId('focus');
    await focus.getByText('Menu card').waitFor();
    for (const words of ['250 g', 'A5', 'two-sided', '1 page, 105 × 148 mm']) await focus.getByText(words, { exact: true }).waitFor();
    await page.keyboard.press('Alt+b');
    await page.locator('.press_bottom [data-choice="1"]').click();
    await focus.getByText('Poster').waitFor();
    const aside = page.getByTestId('aside').locator('.next_item');
    expect(await aside.textContent()).toMatch(/Menu card.*Wrong paper/su);
    floor.hub.record(waits.id, { code: 'Blocked', actor: 'station Office', reason: 'Machine out of order' });
    await page.getByText('Nothing can be printed now.').waitFor();
    expect(await aside.count()).toBe(2);
    expect(await page.locator('.press_bottom button').count()).toBe(0);
    await aside.getByText('Menu card').click();
    await page.getByTestId('trouble').getByText('Blocked: Wrong paper').waitFor();
    await page.locator('[data-action="release"]').click();
    await page.locator('.press_bottom [data-choice="1"]').click();
    await until(() => floor.hub.recorded.some((event) => event.jobId === press.id && event.undoes !== null), 'it is released');
    await page.getByTestId('aside').getByText('Menu card').waitFor({ state: 'detached' });
    await focus.getByText('Menu card').waitFor();
  });

  it('an answer takes nothing from what is read of the job in focus, and moves no button', async () => {
    lying('Menu card');
    lying('Poster');
    const page = await open({ height: 800, width: 1280 });
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    const boxes = () => Promise.all(['.focus_focus', '.press_bottom'].map((at) => page.locator(at).boundingBox()));
    const before = await boxes();
    await page.locator('.press_bottom [data-action="printed"]').click();
    await page.getByTestId('answer').getByText('Printed: saved').waitFor();
    expect(await boxes()).toEqual(before);
  });

  it('lets go of a question when another job comes into focus: it does not come back under the finger', async () => {
    lying('Menu card');
    lying('Poster');
    const page = await open();
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    await page.locator('.press_bottom [data-action="block"]').click();
    await page.locator('.press_bottom [data-choice="1"]').waitFor();
    await page.getByTestId('queue').getByText('Poster').click();
    await page.getByTestId('focus').getByText('Poster').waitFor();
    await page.getByTestId('queue').getByText('Menu card').click();
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    await page.locator('.press_bottom [data-action="block"]').waitFor({ timeout: 5000 });
    expect(await page.locator('.press_bottom [data-choice]').count()).toBe(0);
  });

  const refused = [
    ['en', 'The printer refused the file.', 'Send again'],
    ['de', 'Der Drucker hat die Datei abgelehnt.', 'Erneut senden'],
  ] as const;
  it.each(refused)('says what is wrong with the one right button (%s)', async (language, what, button) => {
    floor.hub.addJob({
      hotFolderId: 1,
      events: [
        { code: 'InHotFolder', actor: 'system' },
        { code: 'InProduction', actor: 'printer press-1', data: { problem: 'PrinterRefused', raw: 'font missing' } },
      ],
    });
    const page = await open({ language });
    const card = page.getByTestId('trouble');
    await card.getByText(what).waitFor();
    expect(await card.locator('button').allTextContents()).toEqual([button]);
    expect(await card.locator('pre').isVisible()).toBe(false);
    await card.locator('summary').click();
    await card.getByText('font missing').waitFor();
  });

  it('offers Printed for an uncertain hand-over and Check folder for a folder in trouble', async () => {
    floor.hub.addJob({ hotFolderId: 1, events: [{ code: 'InHotFolder', actor: 'system', data: { problem: 'DeliveryUncertain' } }] });
    const page = await open();
    await page.getByTestId('trouble').getByRole('button', { name: 'Printed' }).waitFor();
    floor.hub.changeFolder(1, { state: 'trouble', reasonCode: 'ShareOff', raw: null, troubleSince: new Date().toISOString() });
    await page.getByTestId('trouble').getByRole('button', { name: 'Check folder' }).waitFor();
    expect(await page.getByTestId('trouble').count()).toBe(1);
  });

  it('offers to look at the folder first where a file still lies there, and Printed behind sending it again', async () => {
    floor.hub.addJob({ hotFolderId: 1, events: [{ code: 'InHotFolder', actor: 'system', data: { problem: 'StillLyingThere' } }] });
    const page = await open();
    await page.getByTestId('trouble').getByRole('link', { name: 'Look at the folder' }).waitFor();
    expect(await page.getByTestId('trouble').getByRole('button', { name: 'Printed' }).count()).toBe(0);
    expect(await page.locator('[data-action="printed"].button_main').count()).toBe(0);
  });

  it('shows what is wrong first, and what the job is above the buttons, also on a low screen', async () => {
    floor.hub.addJob({
      title: 'Visitenkarten mit Sonderfarbe und Stanzung',
      hotFolderId: 1,
      events: [{ code: 'InHotFolder', actor: 'system', data: { problem: 'StillLyingThere' } }],
    });
    const page = await open();
    await page.getByTestId('trouble').waitFor();
    const [trouble, number, quantity, bar] = await Promise.all(
      ['.focus_focus > [data-part~="trouble"]', '.focus_words [data-part="number"]', '.focus_facts .focus_amount', '.press_bottom'].map(
        (at) => page.locator(at).boundingBox(),
      ),
    );
    expect(trouble?.y ?? 9999).toBeLessThan(number?.y ?? 0);
    expect((quantity?.y ?? 9999) + (quantity?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
  });

  it('offers the release below when another problem is the one that is shown', async () => {
    const job = floor.hub.addJob({
      hotFolderId: 1,
      events: [{ code: 'InHotFolder', actor: 'system', data: { problem: 'StillLyingThere' } }],
    });
    floor.hub.record(job.id, { code: 'Blocked', actor: 'station Press 1', reason: 'Wrong paper' });
    const page = await open();
    await page.locator('[data-action="release"]').waitFor();
  });

  it('keeps the screen on as long as it is shown, and asks again after the browser let go of it', async () => {
    const page = await floor.open('#/press/1', {
      before: (fresh) =>
        fresh.addInitScript(() => {
          const locks: { released: boolean; release(): Promise<void> }[] = [];
          const request = async () => {
            const lock = {
              released: false,
              release: async () => {
                lock.released = true;
              },
            };
            locks.push(lock);
            return lock;
          };
          Object.assign(window, { locks });
          Object.defineProperty(navigator, 'wakeLock', { value: { request } });
        }),
    });
    const locks = (): Promise<boolean[]> =>
      page.evaluate(() => (window as unknown as { locks: { released: boolean }[] }).locks.map(({ released }) => released));
    await until(async () => (await locks()).at(-1) === false, 'the screen is kept on');
    const before = (await locks()).length;
    await page.evaluate(() => {
      for (const lock of (window as unknown as { locks: { released: boolean }[] }).locks) lock.released = true;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await until(async () => (await locks()).length === before + 1, 'it is asked for again');
    await page.evaluate(() => {
      location.hash = '#/';
    });
    await until(async () => (await locks()).every((released) => released), 'the overview lets it go dark');
  });

  it('says that it is paused, and goes on by a button', async () => {
    lying('Waits');
    floor.hub.changeFolder(1, { state: 'paused', paused: true });
    const page = await open();
    await page.getByTestId('paused').getByRole('button', { name: 'Go on' }).click();
    await until(() => floor.hub.folders[0]?.paused === false, 'it goes on');
  });

  it('says what will appear when nothing waits', async () => {
    const page = await open();
    await page.getByText('Nothing waits for this press.').waitFor();
    lying('Here it is');
    await page.getByTestId('focus').getByText('Here it is').waitFor();
  });

  it('says that the queue could not be loaded, never that nothing waits, and loads it at a touch', async () => {
    lying('Menu card');
    const answerLists = floor.hub.holdLists();
    const page = await open({ width: 1280, height: 800 });
    await until(() => floor.hub.listsHeld() >= 4, 'it asks for the queue');
    answerLists('The record is being looked after.');
    await page.getByText('The record is being looked after.').waitFor();
    expect(await page.getByText('Nothing waits for this press.').count()).toBe(0);
    await page.getByRole('button', { name: 'Load again' }).click();
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    expect(await page.getByRole('button', { name: 'Load again' }).count()).toBe(0);
  });

  it('can be worked with magnified twice: all is scrolled to, the buttons stand behind their job, and no number is cut', async () => {
    for (const title of ['Menu card', 'Poster', 'Flyer']) lying(title);
    const page = await open({ width: 640, height: 400 });
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    const tops = await Promise.all(
      ['.focus_words', '.press_bottom', '.next_queue'].map(async (at) => (await page.locator(at).boundingBox())?.y ?? 0),
    );
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    const cut = await page.evaluate(() => [
      document.documentElement.scrollWidth > innerWidth,
      ...[...document.querySelectorAll('[data-part="number"], .press_bottom .button_button')].map(
        (one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0,
      ),
    ]);
    expect(cut).not.toContain(true);
    await page.getByTestId('queue').getByText('Flyer').click();
    await page.getByTestId('focus').getByText('Flyer').waitFor();
    await page.locator('.press_bottom [data-action="printed"]').click();
    await page.getByTestId('answer').getByText('Printed: saved').waitFor();
  });

  it('shows what comes first of ten thousand jobs, and what needs somebody, and says that there are more', async () => {
    const events = [{ code: 'InHotFolder', actor: 'system' }] as const;
    for (let at = 1; at <= 10_000; at++)
      floor.hub.addJob({
        title: `Job number ${at}`,
        hotFolderId: 1,
        events: at === 9000 ? [{ ...events[0], data: { problem: 'PrinterRefused' } }] : events,
      });
    const page = await open();
    const queue = page.getByTestId('queue').locator('.next_item');
    await page.getByTestId('focus').getByText('Job number 9000', { exact: true }).waitFor({ timeout: 30_000 });
    expect(await queue.nth(0).textContent()).toContain('Job number 1');
    await page.getByTestId('queue').getByText('more than 500').waitFor();
  });
});

it.each([
  [1280, 800],
  [1920, 1080],
])('a number at %i x %i shrinks before it breaks: it is read aloud', async (width, height) => {
  floor.hub.addJob({
    title: 'Leaflet',
    order: 'PF000123',
    hotFolderId: 1,
    events: [
      { code: 'Ordered', actor: 'system' },
      { code: 'InHotFolder', actor: 'system' },
    ],
  });
  const page = await floor.open('#/press/1', { width, height });
  const number = page.getByTestId('focus').locator('[data-part="number"]');
  await number.waitFor();
  expect(await number.evaluate((element) => element.getClientRects().length)).toBe(1);
});
