/** Every screen and all that opens on one against the rules of WCAG 2.2 AA, in light and dark; at the press, read from metres, contrast of AAA. */
import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addTrouble, fillPress, pressStates, type State, show, states } from './shop-to-see.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const levelAA: RunOptions = { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } };
const pressLevel: RunOptions = {
  ...levelAA,
  rules: { 'color-contrast': { enabled: false }, 'color-contrast-enhanced': { enabled: true } },
};
/** What another theme can change. */
const contrast = (rule: 'color-contrast' | 'color-contrast-enhanced'): RunOptions => ({ runOnly: { type: 'rule', values: [rule] } });

/** What is wrong on this page, in words: the rule, the place, what was found. */
async function faultsOf(page: Page, options: RunOptions): Promise<string[]> {
  return await page.evaluate(async (asked) => {
    const { violations } = await (globalThis as unknown as { readonly axe: typeof axe }).axe.run(document, asked);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html, any, all, none }) => {
        const found = [...any, ...all, ...none].map(({ message }) => message).join('; ');
        return `${id} at ${target.join(' ')}: ${found} (${html.slice(0, 160)})`;
      }),
    );
  }, options);
}

async function expectNoFaults(page: Page, light: RunOptions, dark: RunOptions): Promise<void> {
  // By the debugger, since the policy of the page lets no other script run in it.
  await page.evaluate(axe.source);
  expect(await faultsOf(page, light)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  // Colours may still be on their way
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(done));
    await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)));
  });
  expect(await faultsOf(page, dark), 'in the dark').toEqual([]);
}

async function seen(state: State): Promise<Page> {
  const page = await floor.open(state.hash);
  await show(page, state);
  return page;
}

describe('to WCAG 2.2 AA holds', () => {
  it.each(states)('$name', async (state) => {
    fillPress(floor.hub);
    addTrouble(floor.hub);
    await expectNoFaults(await seen(state), levelAA, contrast('color-contrast'));
  });

  it('the screen that asks for the key', async () => {
    const page = await floor.open('#/', { signedIn: false });
    await page.getByRole('button', { name: 'Sign in' }).or(page.getByRole('main').getByRole('button')).first().waitFor();
    await expectNoFaults(page, levelAA, contrast('color-contrast'));
  });
});

describe('to that with the contrast of AAA holds', () => {
  it.each(pressStates)('$name', async (state) => {
    fillPress(floor.hub);
    await expectNoFaults(await seen(state), pressLevel, contrast('color-contrast-enhanced'));
  });

  it('a press at which much went wrong', async () => {
    fillPress(floor.hub);
    addTrouble(floor.hub);
    floor.hub.changeFolder(1, { state: 'trouble', reasonCode: 'NotTheShare', raw: 'EIO', troubleSince: new Date(0).toISOString() });
    await expectNoFaults(await seen({ name: '', hash: '#/press/1' }), pressLevel, contrast('color-contrast-enhanced'));
  });
});
