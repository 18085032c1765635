/** A screen against the rules of WCAG 2.2, in light and dark. */
import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const levelAA: RunOptions = { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } };
const pressLevel: RunOptions = {
  ...levelAA,
  rules: { 'color-contrast': { enabled: false }, 'color-contrast-enhanced': { enabled: true } },
};
/** What another theme can change. */
const contrast = (rule: 'color-contrast' | 'color-contrast-enhanced'): RunOptions => ({ runOnly: { type: 'rule', values: [rule] } });
/** `AAA`: AA with the contrast of AAA. */
const levels = {
  AA: { light: levelAA, dark: contrast('color-contrast') },
  AAA: { light: pressLevel, dark: contrast('color-contrast-enhanced') },
} as const;
export type Level = keyof typeof levels;

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

/** Leaves the page in the dark. */
export async function expectNoFaults(page: Page, level: Level): Promise<void> {
  // By the debugger, since the policy of the page lets no other script run in it.
  await page.evaluate(axe.source);
  expect.soft(await faultsOf(page, levels[level].light)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  // Colours may still be on their way
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(done));
    await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)));
  });
  expect.soft(await faultsOf(page, levels[level].dark), 'in the dark').toEqual([]);
}
