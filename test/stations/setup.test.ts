/** Welcome and folders in a real browser. */
import { beforeEach, describe, expect, it } from 'vitest';
import { sayFilesLieThere } from '../../shared/files-lie-there.ts';
import { sayOtherHub } from '../../shared/other-hub.ts';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { open } = floor;

describe('the welcome', () => {
  it('opens on an empty floor and turns green with the first delivered file', async () => {
    const page = await open('#/');
    await page.getByText('From nothing to the first printed job').waitFor();
    await page.locator('[data-step="2"][data-state="done"]').waitFor();
    await page.locator('[data-step="3"][data-state="now"]').waitFor();
    const job = floor.hub.addJob({ order: '2001' });
    await page.getByText('2001-1 has arrived').waitFor();
    floor.hub.record(job.id, { code: 'InHotFolder', actor: 'system' });
    await page.locator('[data-step="3"][data-state="done"]').waitFor();
    await page.getByRole('link', { name: 'Open job 2001-1' }).click();
    await page.locator('.job_head').getByText('2001').waitFor();
  });
});

describe('folders', () => {
  it('are tried step by step before they can be saved', async () => {
    const page = await open('#/folders/new');
    await page.getByLabel('Name', { exact: true }).fill('Press 2');
    await page.getByTestId('folder-form').getByLabel('Folder', { exact: true }).fill('/mnt/locked');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.locator('[data-step="write"][data-ok="false"]').waitFor();
    const tryIt = page.getByRole('button', { name: 'Try it' });
    expect(await tryIt.evaluate((button) => button === document.activeElement), 'the focus stays where it was').toBe(true);
    await page.getByTestId('probe').getByText('This computer may not write to the hot folder. Give it the right to write there').waitFor();
    // What comes of it stands before the steps, in sight of whoever pressed, and a step that failed does not read as if it held.
    const said = await page.getByTestId('probe').locator('> p').boundingBox();
    expect(said?.y).toBeLessThan((await page.locator('[data-step="find"]').boundingBox())?.y ?? 0);
    expect(await page.locator('[data-step="write"] p').textContent()).toBe('A file can be written: no');
    for (const step of ['noReplace', 'space']) {
      await page.locator(`[data-step="${step}"]`).getByText('not tried').waitFor();
      expect(await page.locator(`[data-step="${step}"] .sign_done`).count()).toBe(0);
    }
    expect(await page.getByTestId('probe').getByText('by itself').count()).toBe(0);
    expect(await page.getByTestId('folder-form').getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByTestId('folder-form').getByLabel('Folder', { exact: true }).fill('/mnt/press-2');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.locator('[data-step="clock"][data-ok="true"]').waitFor();
    await page.getByTestId('folder-form').getByRole('button', { name: 'Save' }).click();
    await page.locator('[data-folder="2"]').getByText('Press 2').waitFor();
    expect(floor.hub.folders[1]).toMatchObject({ name: 'Press 2', path: '/mnt/press-2', types: ['pdf'] });
  });

  it('are paused, changed and removed after a second word', async () => {
    const page = await open('#/folders');
    const card = page.locator('[data-folder="1"]');
    await card.getByRole('button', { name: 'Pause' }).click();
    await card.getByText('Paused').waitFor();
    floor.hub.changeFolder(1, { queued: 2, lying: 21 });
    await card.getByRole('button', { name: 'Remove' }).click();
    await card.getByText('2 files wait for it', { exact: false }).waitFor();
    await card.getByText('21 files lie in it', { exact: false }).waitFor();
    expect(floor.hub.folders).toHaveLength(1);
    await card.getByRole('button', { name: 'Yes, remove' }).click();
    await page.getByText('No hot folder yet.').waitFor();
  });
});

describe('a folder another hub works in', () => {
  const theirs = `OtherHub: ${sayOtherHub({ id: 'b7', computer: 'PC-2' })}`;

  it('says on which computer that is, and is taken over by a person who was told what that does', async () => {
    floor.hub.addJob();
    floor.hub.changeFolder(1, { state: 'trouble', reasonCode: 'OtherHub', raw: theirs, troubleSince: new Date().toISOString() });
    const page = await open('#/', { language: 'de' });
    const card = page.getByTestId('trouble');
    await card.getByText('Press 1: Das Printfloor auf dem Computer PC-2 arbeitet in diesem Ordner.').waitFor();
    await card.getByRole('button', { expanded: false }).click();
    await card.getByText('Press 1: Das Printfloor auf dem Computer PC-2 arbeitet in diesem Ordner.').waitFor();
    await card.getByRole('button', { name: 'Übernehmen' }).click();
    await page.getByTestId('take-over').getByRole('button', { name: 'Lassen' }).click();
    expect(floor.hub.folders[0]?.state).toBe('trouble');
    await card.getByRole('button', { name: 'Übernehmen' }).click();
    await page.getByTestId('take-over').getByText('Das andere Printfloor hört auf').waitFor();
    await page.getByRole('button', { name: 'Ja, übernehmen' }).click();
    await until(() => floor.hub.folders[0]?.state === 'ready', 'it is taken over');
    await until(async () => (await card.count()) === 0, 'the trouble is over');
  });

  it('is told also where files arrive, and only this one is taken over', async () => {
    floor.hub.addJob();
    floor.hub.watch([{ path: '/theirs/in', state: 'missing', reason: theirs }]);
    const page = await open('#/');
    await page.getByTestId('trouble').getByText('/theirs/in: The Printfloor on the computer PC-2 works in this folder.').waitFor();
    await page.getByRole('button', { name: 'Take it over' }).click();
    await page.getByRole('button', { name: 'Yes, take it over' }).click();
    await until(() => floor.hub.saved.length === 1, 'it is taken over');
    expect(floor.hub.saved[0]).toMatchObject({ takeOver: ['/theirs/in'] });
  });

  it('can be named as incoming folder only by who takes it over', async () => {
    const page = await open('#/folders');
    const form = page.getByTestId('incoming');
    await form.getByLabel('Folder', { exact: true }).fill('/theirs/in');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('/theirs/in: The Printfloor on the computer PC-2 works in this folder.').waitFor();
    await form.getByRole('button', { name: 'Take it over' }).click();
    await form.getByRole('button', { name: 'Yes, take it over' }).click();
    await form.getByText('Saved').waitFor();
    expect(floor.hub.saved.at(-1)).toMatchObject({ incoming: [{ path: '/theirs/in' }], takeOver: ['/theirs/in'] });
  });
});

describe('an incoming folder whose files nobody was asked about', () => {
  const watching = [{ path: '/full/in', state: 'missing', reason: `FilesLieThere: ${sayFilesLieThere(12)}` }] as const;

  it('is asked about on the overview, in words, and with one touch they are taken in', async () => {
    floor.hub.addJob();
    floor.hub.watch([...watching]);
    const page = await open('#/', { language: 'de' });
    const card = page.getByTestId('trouble');
    await card.getByText('In diesem Ordner liegen schon 12 Dateien. Sollen sie übernommen werden?').waitFor();
    await card.getByRole('button', { name: 'Überwachen und übernehmen' }).click();
    await until(() => floor.hub.saved.length === 1, 'it is confirmed');
    expect(floor.hub.saved[0]).toMatchObject({ confirm: ['/full/in'] });
    await until(async () => (await card.count()) === 0, 'it is asked no more');
  });

  it('is asked about where it is set up', async () => {
    floor.hub.watch([...watching]);
    const page = await open('#/folders');
    await page.setViewportSize({ width: 1280, height: 640 });
    const form = page.getByTestId('incoming');
    await form.getByLabel('Folder', { exact: true }).fill('/full/in');
    await form.getByRole('button', { name: 'Watch it and take them in' }).click();
    await form.getByText('Saved').waitFor();
    expect(floor.hub.saved.at(-1)).toMatchObject({ incoming: [{ path: '/full/in' }], confirm: ['/full/in'] });
  });
});

describe('another folder at the path of a hot folder', () => {
  beforeEach(() => {
    floor.hub.addJob();
    floor.hub.changeFolder(1, { state: 'trouble', reasonCode: 'OtherFolder', raw: null, troubleSince: new Date().toISOString() });
  });

  it('is used once a person has said so twice, and was told how many files wait for it', async () => {
    floor.hub.changeFolder(1, { queued: 3, held: 1 });
    const page = await open('#/folders', { language: 'de' });
    const card = page.getByTestId('trouble');
    await card.getByText('An der Stelle des Hotfolders liegt ein anderer Ordner.').waitFor();
    await card.getByText('2 Dateien warten').waitFor({ timeout: 5000 });
    await card.getByRole('button', { name: 'Diesen Ordner ab jetzt nehmen' }).click();
    await page.getByTestId('take-over').getByText('Liest der Drucker diesen Ordner?').waitFor();
    await page.getByTestId('take-over').getByRole('button', { name: 'Lassen' }).click();
    expect(floor.hub.folders[0]?.state).toBe('trouble');
    await card.getByRole('button', { name: 'Diesen Ordner ab jetzt nehmen' }).click();
    await page.getByRole('button', { name: 'Ja, diesen nehmen' }).click();
    await until(() => floor.hub.folders[0]?.state === 'ready', 'it is used');
  });

  it('is told at the press in lines that can be read, with room for both buttons', async () => {
    for (const [width, height] of [
      [1920, 1080],
      [1280, 800],
    ] as const) {
      const page = await open('#/press/1', { language: 'de', width, height });
      const card = page.getByTestId('trouble');
      await card.getByRole('button', { name: 'Ordner prüfen' }).waitFor();
      const lines = await card.evaluate((box) => (box.querySelector('.trouble_what')?.clientWidth ?? 0) / box.clientWidth);
      expect(lines, `${width} wide`).toBeGreaterThan(0.75);
    }
  });

  it('is marked in the menu at the press it is about', async () => {
    const page = await open('#/', { width: 1280, height: 800 });
    const [icon, sign] = [page.locator('.frame_presses .frame_item > svg'), page.locator('.frame_presses .frame_end svg')];
    const [below, above] = [(await icon.boundingBox())?.y ?? 0, (await sign.boundingBox())?.y ?? 0];
    expect(below - above).toBeLessThan(20);
  });
});

describe('a station', () => {
  it('is offered nothing it may not do, and is told who may', async () => {
    floor.hub.changeFolder(1, { state: 'paused', paused: true });
    const page = await open('#/folders/1', { says: [['"data":"/srv/printfloor"', '"data":""']] });
    await page.getByTestId('only-look').getByText('The admin can, signed in below', { exact: false }).waitFor();
    const card = page.locator('[data-folder="1"]');
    await card.getByRole('link', { name: 'Press screen' }).waitFor();
    expect(await card.getByRole('button').count()).toBe(0);
    // Rules, incoming folders and the shop are the admin's, to see too.
    expect(await page.locator('form').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Add a rule' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Press 1' }).click();
    await page.getByTestId('paused').getByText('when the admin lets it go on', { exact: false }).waitFor();
    expect(await page.getByTestId('paused').getByRole('button').count()).toBe(0);
  });

  it('reads of trouble, and who may end it, in lines that can be read', async () => {
    floor.hub.addJob();
    floor.hub.changeFolder(1, { state: 'trouble', reasonCode: 'OtherFolder', raw: null, troubleSince: new Date().toISOString() });
    const says = [['"data":"/srv/printfloor"', '"data":""']] as const;
    const press = await open('#/press/1', { language: 'de', says });
    const card = press.getByTestId('trouble');
    await card.getByText('Das kann nur der Admin').waitFor();
    expect(await card.evaluate((box) => (box.querySelector('.trouble_what')?.clientWidth ?? 0) / box.clientWidth)).toBeGreaterThan(0.75);
    const page = await open('#/folders', { language: 'de', says });
    const told = page.getByTestId('only-look');
    await told.waitFor();
    const [sign, words] = [await told.locator('svg').boundingBox(), await told.locator('p').boundingBox()];
    expect((sign?.x ?? 0) + (sign?.width ?? 0)).toBeLessThan(words?.x ?? 0);
    expect(words?.y ?? 0).toBeLessThan((sign?.y ?? 0) + (sign?.height ?? 0));
  });

  it('is told of the first steps without paths that lead nowhere, or a folder it may not change', async () => {
    const page = await open('#/welcome', { says: [['"data":"/srv/printfloor"', '"data":""']] });
    await page.locator('[data-step="2"] code').waitFor();
    expect(await page.locator('.welcome_steps').getByRole('button', { name: 'Copy' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Use another folder' }).count()).toBe(0);
  });
});

describe('an incoming folder', () => {
  it('that holds files already is watched only after somebody has said that they are meant', async () => {
    const page = await open('#/folders');
    const form = page.getByTestId('incoming');
    await form.getByLabel('Folder', { exact: true }).fill('/full/in');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('12 files lie in this folder already.', { exact: false }).waitFor();
    // All of it is in sight, also on a small screen.
    await until(
      () => form.getByRole('button', { name: 'Not now' }).evaluate((button) => button.getBoundingClientRect().bottom <= innerHeight),
      'the answers are in sight',
    );
    await form.getByRole('button', { name: 'Not now' }).click();
    expect(floor.hub.saved).toHaveLength(1);
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByRole('button', { name: 'Watch it and take them in' }).click();
    await form.getByText('Saved').waitFor();
    expect(floor.hub.saved.at(-1)).toMatchObject({ incoming: [{ path: '/full/in' }], confirm: ['/full/in'] });
  });

  it('that is not there says so as soon as it is saved, and what to do', async () => {
    const page = await open('#/folders');
    const form = page.getByTestId('incoming');
    await form.getByLabel('Folder', { exact: true }).fill(' "/nowhere" ');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('is looked at for the first time').waitFor();
    floor.hub.watch([{ path: '/nowhere', state: 'missing', reason: "ENOENT: no such file or directory, stat '/nowhere'" }]);
    await form.getByText('cannot be read. Make the folder, connect its share or correct the path.', { exact: false }).waitFor();
    expect(floor.hub.saved.at(-1)).toMatchObject({ incoming: [{ path: '/nowhere' }] });
  });
});

describe('security', () => {
  it('shows who has a token and when it was last used, makes one that is told once, and revokes one after a second word', async () => {
    const page = await open('#/security');
    const tokens = page.getByTestId('tokens');
    await tokens.locator('[data-token="1"]').getByText('from 127.0.0.1', { exact: false }).waitFor();
    await tokens.locator('[data-token="2"]').getByText('not used yet', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Make a key' }).click();
    const form = page.getByTestId('token-form');
    await form.getByLabel('For whom').fill('Packing 1');
    await form.getByLabel('Ends after (days)').fill('30');
    await form.getByRole('button', { name: 'Make a key' }).click();
    await page.getByTestId('made-token').getByText('a'.repeat(43)).waitFor();
    await page.getByRole('button', { name: 'I have it' }).click();
    expect(await page.getByText('a'.repeat(43)).count()).toBe(0);
    const made = tokens.locator('[data-token="7"]');
    await made.getByText('ends', { exact: false }).waitFor();
    await made.getByRole('button', { name: 'Revoke' }).click();
    await made.getByText('Whatever is open there ends at once', { exact: false }).waitFor();
    await made.getByRole('button', { name: 'Yes, revoke' }).click();
    await made.waitFor({ state: 'detached' });
  });

  it('shows what happened, by whom and from where, older ones when asked', async () => {
    const page = await open('#/security');
    const record = page.getByTestId('security-record');
    await record.getByText('Wrong key: nobody’s').waitFor();
    await record.getByText('24 times', { exact: false }).waitFor();
    expect(await record.locator('li').count()).toBe(4);
    await page.getByRole('button', { name: 'Show older' }).click();
    await record.locator('[data-kind="ruleRemoved"]').getByText('by admin · from 127.0.0.1').waitFor();
    await record.locator('[data-kind="folderChanged"]').getByText('paused', { exact: false }).waitFor();
  });
});

describe('the record of what touched security', () => {
  it('speaks of settings, folders, rules and keys as the screens do, not as the API does: nobody reads what he cannot tell', async () => {
    const page = await open('#/security', { language: 'de' });
    const record = page.getByTestId('security-record');
    await page.getByRole('button', { name: 'Ältere zeigen' }).click();
    const of = (kind: string) => record.locator(`[data-kind="${kind}"]`);
    await of('ruleRemoved').waitFor();
    const said = async (kind: string) => (await of(kind).locator('p').allInnerTexts()).slice(1, -1);
    expect(await said('tokenMade')).toEqual([
      'Darf: mit Aufträgen arbeiten',
      expect.stringMatching(/^Endet: Dienstag, 24\. November 2026/),
    ]);
    expect(await said('folderAdded')).toEqual([
      'Abgeholt, wenn verschwunden seit (Sekunden): 2',
      expect.stringMatching(/^Wohin der Drucker .*Kodak/),
      expect.stringMatching(/: nein$/),
    ]);
    expect(await said('ruleAdded')).toEqual(['Bedingungen: Jeder Auftrag', 'Senden an: Press 1']);
    await of('rightRefused').getByText('von Station Prepress').waitFor();
    expect(await said('settingsChanged')).toEqual([
      expect.stringMatching(/^Eine Datei .*\(Sekunden\): 1 → 2,5$/),
      'Sprache: English → Français',
      expect.stringMatching(/^XML.*, order: – → OrderNo$/),
      'Eingangsordner: – → /srv/in (Im Netzwerk)',
      'Dateien, die schon darin lagen, sind gemeint: /srv/in',
      // What only a newer hub knows.
      'newer: true → {"a":1}',
    ]);
  });

  it('a key that was revoked at another screen meanwhile is gone here too, once it is revoked', async () => {
    const [here, there] = [await open('#/security'), await open('#/security')];
    const key = (page: typeof here) => page.locator('[data-token="1"]');
    await key(there).getByRole('button', { name: 'Revoke' }).waitFor();
    for (const page of [here, there]) {
      await key(page).getByRole('button', { name: 'Revoke' }).click();
      await key(page).getByRole('button', { name: 'Yes, revoke' }).click();
      await key(page).waitFor({ state: 'detached' });
    }
    floor.expectComplaints(/404/);
  });

  it('a key that would end at once, or never be one, is not asked for', async () => {
    const page = await open('#/security');
    await page.getByRole('button', { name: 'Make a key' }).click();
    const form = page.getByTestId('token-form');
    await form.getByLabel('For whom').fill('Packing 1');
    const make = form.getByRole('button', { name: 'Make a key' });
    for (const days of ['0', '0,001', '999999999']) {
      await form.getByLabel('Ends after (days)').fill(days);
      await form.getByText('Give a number from 0.01 to 3,650.').waitFor();
      expect(await make.isDisabled(), days).toBe(true);
    }
    await form.getByLabel('Ends after (days)').fill('0.5');
    expect(await make.isDisabled()).toBe(false);
  });
});

describe('a folder whose path is changed while files wait for it', () => {
  it.each([
    ['Send to the old folder', 'stay'],
    ['Send to the new folder', 'move'],
  ])('asks what becomes of them: %s', async (button, answer) => {
    floor.hub.letWait(3);
    const page = await open('#/folders/1');
    const form = page.getByTestId('folder-form');
    await form.getByLabel('Folder', { exact: true }).fill('/mnt/press-1-new');
    await form.getByRole('button', { name: 'Try it' }).click();
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('3 files still wait for the old folder.', { exact: false }).waitFor();
    expect(floor.hub.folders[0]?.path).not.toBe('/mnt/press-1-new');
    await page.getByRole('button', { name: button }).click();
    await page.locator('[data-folder="1"]').waitFor();
    expect(floor.hub.folders[0]?.path).toBe('/mnt/press-1-new');
    expect(floor.hub.waitingAnswer()).toBe(answer);
  });
});

describe('Escape', () => {
  it('closes the question that is open, and leaves the screen only where none is', async () => {
    const page = await open('#/folders');
    const card = page.locator('[data-folder="1"]');
    await card.getByRole('button', { name: 'Remove' }).click();
    await page.getByTestId('removal').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('removal').waitFor({ state: 'detached' });
    expect(page.url()).toMatch(/#\/folders$/);
    expect(floor.hub.folders).toHaveLength(1);
    await page.keyboard.press('Escape');
    await until(() => page.url().includes('#/overview'), 'the screen is left');
  });

  it('loses nothing that was typed into a form, and closes one in which nothing was', async () => {
    const page = await open('#/folders');
    await page.getByRole('link', { name: 'Add a hot folder' }).click();
    await page.getByTestId('folder-form').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('folder-form').waitFor({ state: 'detached' });
    expect(page.url()).toMatch(/#\/folders$/);
    await page.getByRole('link', { name: 'Add a hot folder' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Press 2');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByTestId('rule-form').getByLabel('Name of the rule').fill('All');
    // Longer than a scan may pause.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    await page.keyboard.press('Escape');
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(await page.getByTestId('folder-form').getByLabel('Name', { exact: true }).inputValue()).toBe('Press 2');
    expect(await page.getByTestId('rule-form').getByLabel('Name of the rule').inputValue()).toBe('All');
  });
});

describe('rules', () => {
  it('that no job ever reaches say so, and which one takes them all', async () => {
    floor.hub.rules.push(
      ...[{ product: ['Digital'] }, {}].map((conditions, at) => ({
        id: 71 + at,
        name: `Rule ${at + 1}`,
        position: at + 1,
        conditions,
        hotFolderId: 1,
      })),
    );
    const page = await open('#/folders');
    const rules = page.getByTestId('rules');
    await rules.getByText('Rule 2').waitFor();
    expect(await page.getByTestId('never-reached').count()).toBe(0);
    await rules.getByRole('button', { name: 'Earlier' }).last().click();
    await rules.locator('> li').nth(1).getByText('No job ever comes to this rule: rule 1 takes all of them first.').waitFor();
  });

  it('are written as sentences, moved and removed', async () => {
    const page = await open('#/folders');
    for (const product of ['Flyer', 'Poster']) {
      await page.getByRole('button', { name: 'Add a rule' }).click();
      await page
        .getByTestId('rule-form')
        .getByLabel(/^values/)
        .fill(`${product}, ${product} large`);
      await page.getByTestId('rule-form').getByRole('button', { name: 'Save' }).click();
      await page.getByTestId('rules').getByText(`${product} or ${product} large`).waitFor();
    }
    const sentences = async () =>
      (await page.getByTestId('rules').locator('li p:first-child').allTextContents()).map((text) => text.replace(/\s+/g, ' '));
    expect((await sentences())[0]).toBe('If the product is Flyer or Flyer large, it goes to Press 1.');
    await page.getByTestId('rules').getByRole('button', { name: 'Later' }).first().click();
    await until(async () => (await sentences())[0]?.includes('Poster'), 'they changed places');
    await page.getByTestId('rules').getByRole('button', { name: 'Remove' }).first().click();
    await page.getByTestId('rule-removal').getByText('where none of those fits, they wait', { exact: false }).waitFor();
    expect(await page.getByTestId('rules').locator('> li').count()).toBe(2);
    await page.getByTestId('rule-removal').getByRole('button', { name: 'Yes, remove' }).click();
    await until(async () => (await page.getByTestId('rules').locator('> li').count()) === 1, 'one is left');
    const german = await open('#/folders', { language: 'de' });
    await german.getByText('Wenn das Produkt Flyer oder Flyer large ist, geht der Auftrag an Press 1.').waitFor();
  });
});
