/** What keys mean, and that a scanner, which types faster than any person, changes no job and leaves no screen. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type KeyFacts, meaningOf } from '../../renderer/input/key.ts';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { lying } = floor;
const named: Readonly<Record<string, { readonly key: string; readonly code: string; readonly text: string; readonly keyCode: number }>> = {
  Enter: { key: 'Enter', code: 'Enter', text: '\r', keyCode: 13 },
  Space: { key: ' ', code: 'Space', text: ' ', keyCode: 32 },
  Tab: { key: 'Tab', code: 'Tab', text: '', keyCode: 9 },
};
/**
 * One keydown and keyup a character, `gapMs` apart, as a scanner types. Nothing is waited for in between: a busy machine must not make a slow
 * typist of the scanner.
 */
async function scan(page: Page, code: string, { suffix = ['Enter'], prefix = [] as readonly string[], gapMs = 0 } = {}): Promise<void> {
  const wedge = await page.context().newCDPSession(page);
  const sent: Promise<unknown>[] = [];
  for (const sign of [...prefix, ...code, ...suffix]) {
    const {
      key,
      code: place,
      text,
      keyCode,
    } = named[sign] ?? { key: sign, code: '', text: sign, keyCode: sign.toUpperCase().charCodeAt(0) };
    const fields = { key, code: place, windowsVirtualKeyCode: keyCode };
    sent.push(wedge.send('Input.dispatchKeyEvent', { type: 'keyDown', text, unmodifiedText: text, ...fields }));
    sent.push(wedge.send('Input.dispatchKeyEvent', { type: 'keyUp', ...fields }));
    if (gapMs > 0) await pause(gapMs);
  }
  await Promise.all(sent);
  await wedge.detach();
}
/** Longer than any key is held back. Nothing can be awaited where nothing may happen. */
const nothingComes = (page: Page) => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));
const pressScreen = async () => {
  const page = await floor.open('#/press/1', { width: 1920, height: 1080 });
  await page.getByTestId('focus').getByText('Menu card').waitFor();
  return page;
};

describe('a key', () => {
  const key = (fields: Partial<KeyFacts>): KeyFacts => ({
    key: 'p',
    code: 'KeyP',
    keyCode: 80,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    repeat: false,
    altGraph: false,
    ...fields,
  });
  it.each<[string, Partial<KeyFacts>, string]>([
    ['a bare letter', {}, 'text'],
    ['a bare digit', { key: '4', code: 'Digit4' }, 'text'],
    ['a letter of a text being composed', { isComposing: true, altKey: true }, 'text'],
    ['a key an input method took', { key: 'Process', keyCode: 229, altKey: true }, 'text'],
    ['a dead key', { key: 'Dead', code: 'Equal', altKey: true }, 'text'],
    ['a sign with AltGr', { key: '@', code: 'KeyQ', altGraph: true }, 'text'],
    ['a sign with Ctrl and Alt, which is AltGr', { key: '€', code: 'KeyE', ctrlKey: true, altKey: true }, 'text'],
    ['a sign typed with Alt on the number pad', { key: '4', code: 'Numpad4', altKey: true }, 'text'],
    ['Alt and a letter held down', { altKey: true, repeat: true }, 'text'],
    ['Alt itself', { key: 'Alt', code: 'AltLeft', altKey: true }, 'none'],
    ['Ctrl J at the end of a scan', { key: 'j', code: 'KeyJ', ctrlKey: true }, 'none'],
    ['Alt and a letter', { altKey: true }, 'chord'],
    ['Alt and a letter on a Mac', { key: 'π', altKey: true }, 'chord'],
  ])('%s is %s', (_name, fields, kind) => {
    expect(meaningOf(key(fields)).kind).toBe(kind);
  });
});

describe('a scan on the press screen', () => {
  const codes = [
    'PF000001-1',
    'PF999999-9',
    'https://shop.example/p/1?f=2&b=3',
    // Letters that are keys with Alt.
    'pbzmfkrvcaglo',
    '1234567890',
  ];
  it('changes no job and leaves no screen, whatever its code', async () => {
    lying('Menu card');
    lying('Poster');
    const page = await pressScreen();
    const before = floor.hub.recorded.length;
    for (const code of codes) {
      await scan(page, code);
      await nothingComes(page);
      expect(floor.hub.recorded.length, code).toBe(before);
      expect(page.url(), code).toMatch(/#\/press\/1$/);
      await page.getByTestId('focus').getByText('Menu card').waitFor();
      expect((await page.getByRole('dialog').count()) + (await page.getByTestId('question').count()), code).toBe(0);
    }
  });

  const forms: readonly (readonly [string, Parameters<typeof scan>[2]])[] = [
    ['Enter behind it', {}],
    ['two of them behind it', { suffix: ['Enter', 'Enter'] }],
    ['Tab and Enter behind it', { suffix: ['Tab', 'Enter'] }],
    ['Enter in front of it', { prefix: ['Enter'], suffix: [] }],
    ['a blank in front of it', { prefix: ['Space'], suffix: [] }],
    ['a radio scanner, 80 ms a character', { gapMs: 80 }],
  ];
  it('does not press the focused button, whatever stands before and behind its code', async () => {
    lying('Menu card');
    const page = await pressScreen();
    for (const [name, how] of forms) {
      await page.locator('.press_bottom [data-action="printed"]').focus();
      await scan(page, 'PF 1001-1', how);
      await nothingComes(page);
      expect(
        floor.hub.recorded.filter((event) => event.actor === 'admin'),
        name,
      ).toEqual([]);
    }
  });

  it('does not answer an open question, neither its digits nor its Enter in the reason', async () => {
    lying('Menu card');
    const page = await pressScreen();
    await page.locator('.press_bottom [data-action="block"]').click();
    await page.getByTestId('question').waitFor();
    await nothingComes(page);
    await scan(page, '1001-4');
    await nothingComes(page);
    await page.getByRole('button', { name: 'Another reason' }).click();
    await page.getByLabel('Reason in your own words').waitFor();
    await scan(page, '1001-4');
    await nothingComes(page);
    expect(await page.getByLabel('Reason in your own words').inputValue()).toBe('1001-4');
    expect(floor.hub.recorded.filter((event) => event.code === 'Blocked')).toEqual([]);
    await page.getByTestId('question').waitFor();
  });

  it('does not do the first action of an open palette', async () => {
    lying('Menu card');
    const page = await pressScreen();
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Printed' }).waitFor();
    await scan(page, 'PF999999-9', { prefix: ['Enter'] });
    await nothingComes(page);
    expect(await page.getByRole('combobox').inputValue()).toBe('PF999999-9');
    expect(floor.hub.recorded.filter((event) => event.actor === 'admin')).toEqual([]);
    expect(page.url()).toMatch(/#\/press\/1$/);
  });
});

describe('a person at the keyboard', () => {
  it('acts with Alt, and answers a question with its digit or Enter', async () => {
    const job = lying('Menu card');
    const page = await pressScreen();
    await page.keyboard.press('Alt+b');
    await page.getByTestId('question').waitFor();
    await nothingComes(page);
    await page.keyboard.press('2');
    await until(() => floor.hub.jobs.get(job.id)?.tracks.hold?.reason === 'Wrong colours', 'it is blocked');
    await page.locator('[data-action="release"]').first().waitFor();
    await page.keyboard.press('Alt+l');
    await page.getByTestId('question').waitFor();
    await page.locator('[data-choice="1"]').focus();
    await nothingComes(page);
    await page.keyboard.press('Enter');
    await until(() => floor.hub.jobs.get(job.id)?.tracks.hold === undefined, 'it is released');
  });

  it('says in the list of keys which ones there are', async () => {
    lying('Menu card');
    const page = await pressScreen();
    await page.keyboard.press('F1');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.getByText('Alt P').waitFor();
    await sheet.getByText(/No letter and no digit by itself/).waitFor();
  });
});
