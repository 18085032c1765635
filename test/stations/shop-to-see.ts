/** A shop in which each screen has something of everything to show; and what can be opened over or in a screen. */
import type { Page } from 'playwright-core';
import { until } from '../until.ts';
import type { StandIn } from './stand-in-hub.ts';

const more = {
  customer: { name: 'Ada Lovelace', company: 'Analytical Engines' },
  attributes: { material: '135 g silk', size: 'A5', sides: '4/4' },
  quantity: 500,
  product: 'Flyer A5',
  notes: 'Fold once',
  hotFolderId: 1,
};
const ordered = { code: 'Ordered', actor: 'system' } as const;
const lies = { code: 'InHotFolder', actor: 'system' } as const;

/** A press at which all goes well: job 1 lies there, 2 is late and prints. */
export function fillPress(hub: StandIn): void {
  hub.addJob({ ...more, title: 'Flyer', events: [ordered, lies] });
  hub.addJob({
    ...more,
    title: 'Menu card',
    dueAt: new Date(0).toISOString(),
    events: [ordered, lies, { code: 'InProduction', actor: 'station Press 1' }],
  });
}

/** And what does not: 3 failed, 4 is blocked, 5 is printed; a rejected file, and one that is asked about. */
export function addTrouble(hub: StandIn): void {
  hub.addJob({
    ...more,
    title: 'Poster',
    events: [
      ordered,
      { code: 'CopyToHotFolderFailed', actor: 'system', reason: 'The share is off', data: { problem: 'ShareGone', raw: 'EIO' } },
    ],
  });
  hub.addJob({
    ...more,
    title: 'Book',
    events: [ordered, lies, { code: 'Blocked', actor: 'admin', reason: 'Wait for the customer' }],
  });
  hub.addJob({
    ...more,
    title: 'Cards',
    events: [ordered, lies, { code: 'InProduction', actor: 'system' }, { code: 'Printed', actor: 'station Press 1' }],
  });
  hub.changeFolder(1, { lying: 2, queued: 1 });
  hub.reject({ name: 'letter.exe', reasonCode: 'IsProgram', detail: 'a program' });
  hub.askAbout('flyer.pdf', [...hub.jobs.values()].slice(0, 2), { why: 'evidenceDisagrees' });
}

export type State = { readonly name: string; readonly hash: string; readonly open?: (page: Page) => Promise<void> };

const byKey = (chord: string, of: string) => async (page: Page) => {
  await until(async () => (await page.locator('[data-action]').count()) > 0, 'there is something to do');
  await page.keyboard.press(chord);
  await page.getByTestId(of).waitFor();
};
const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('main').getByRole('button', { name }).first().click();
};

/** Every screen, and what opens on it. */
export const states: readonly State[] = [
  { name: 'overview', hash: '#/' },
  { name: 'overview with the finished', hash: '#/overview?finished=true&q=a' },
  {
    name: 'whose file',
    hash: '#/',
    open: async (page) => {
      await page.getByRole('button', { name: 'Answer' }).click();
    },
  },
  {
    name: 'palette',
    hash: '#/',
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('a');
      await page.getByRole('dialog').getByRole('option').first().waitFor();
    },
  },
  {
    name: 'keys',
    hash: '#/',
    open: async (page) => {
      await page.keyboard.press('F1');
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'job that lies there', hash: '#/job/1' },
  { name: 'job that failed', hash: '#/job/3' },
  { name: 'job that is blocked', hash: '#/job/4' },
  { name: 'job that is printed', hash: '#/job/5' },
  { name: 'job: block', hash: '#/job/1', open: byKey('Alt+b', 'question') },
  { name: 'job: send again', hash: '#/job/1', open: byKey('Alt+a', 'question') },
  { name: 'job: reprint', hash: '#/job/5', open: byKey('Alt+d', 'question') },
  { name: 'folders', hash: '#/folders' },
  { name: 'folder', hash: '#/folders/1' },
  { name: 'new folder', hash: '#/folders/new' },
  {
    name: 'folder: tried',
    hash: '#/folders/1',
    open: async (page) => {
      await press('Try it')(page);
      await page.getByTestId('probe').waitFor();
    },
  },
  { name: 'folder: removed', hash: '#/folders', open: press('Remove') },
  { name: 'rule', hash: '#/folders', open: press('Add a rule') },
  { name: 'guide', hash: '#/statuses/CopyToHotFolderFailed' },
  { name: 'settings', hash: '#/settings' },
  {
    name: 'settings: typed',
    hash: '#/settings',
    open: async (page) => {
      await page.getByLabel('A file has settled').fill('soon');
    },
  },
  { name: 'security', hash: '#/security' },
  { name: 'set-up', hash: '#/welcome' },
];

/** The same at the press, which is read from some metres. */
export const pressStates: readonly State[] = [
  { name: 'press', hash: '#/press/1' },
  { name: 'press: count', hash: '#/press/1', open: byKey('Alt+n', 'question') },
  { name: 'press: block', hash: '#/press/1', open: byKey('Alt+b', 'question') },
  { name: 'press: send again', hash: '#/press/1', open: byKey('Alt+a', 'question') },
  {
    name: 'press: answer',
    hash: '#/press/1',
    open: async (page) => {
      await page.keyboard.press('Alt+p');
      await page.getByTestId('answer').first().waitFor();
    },
  },
  { name: 'press that is gone', hash: '#/press/99' },
];

/** Until the screen of this state is there, and what is to be opened on it. */
export async function show(page: Page, { hash, open }: State): Promise<void> {
  await page.getByRole('main').or(page.getByRole('banner')).first().waitFor();
  await until(async () => (await page.locator('[role="status"][aria-label]').count()) === 0, `${hash} is there`);
  await page.waitForLoadState('networkidle');
  await open?.(page);
}
