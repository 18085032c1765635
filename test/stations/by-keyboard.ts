/** A screen by keyboard alone: Tab reaches whatever can be pressed, in the order it is read, it is seen where one is, and nobody is caught. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** More stops than any screen has. */
const most = 200;

type Stop = { readonly at: number; readonly name: string; readonly faults: readonly string[] };

/** Numbers what Tab is to reach: all that can be pressed, one of a group the arrows move in, and not what lies below an open sheet. */
function number(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const top = document.querySelector('dialog[open]') ?? document.body;
    const wanted = [...top.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !element.matches(':disabled, [type="radio"]:not(:checked)') &&
        element.checkVisibility({ visibilityProperty: true }),
    );
    for (const [at, element] of wanted.entries()) element.setAttribute('data-stop', String(at));
    return wanted.map((element) => element.getAttribute('aria-label') ?? element.textContent);
  });
}

/** Where the focus is now and what is wrong with it; null once it has left the page. */
function here(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const { activeElement: active } = document;
    if (active === null || active === document.body) return null;
    const isMarked = (element: Element | null): boolean => {
      if (element === null) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    };
    // A list marks the row the arrows are at, an entry that lies invisible over another marks that
    const row = document.getElementById(active.getAttribute('aria-activedescendant') ?? '');
    const { top, bottom, left, right } = active.getBoundingClientRect();
    return {
      at: Number(active.getAttribute('data-stop') ?? -1),
      name: active.getAttribute('aria-label') ?? active.textContent ?? '',
      faults: [
        ...([active, row, active.parentElement].some(isMarked) ? [] : ['shows no focus']),
        ...(bottom > 0 && top < innerHeight && right > 0 && left < innerWidth ? [] : ['is out of sight']),
      ],
    };
  });
}

/** Once round by this key, from the beginning or the end. */
async function walk(page: Page, key: 'Tab' | 'Shift+Tab'): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let step = 0; step < most; step++) {
    await page.keyboard.press(key);
    const stop = await here(page);
    if (stop === null || stops.some(({ at }) => at === stop.at)) return stops;
    stops.push(stop);
  }
  throw new Error(`After ${most} steps it goes on: ${stops.map(({ name }) => name).join(', ')}`);
}

export async function expectWalkable(page: Page): Promise<void> {
  const wanted = await number(page);
  const on = await walk(page, 'Tab');
  const isMissed = (stops: readonly Stop[]) => (_: string, at: number) => !stops.some((stop) => stop.at === at);
  // Where something was opened it begins in the middle, and what stands before that is met on the way back
  const back = wanted.some(isMissed(on)) ? await walk(page, 'Shift+Tab') : [];
  expect.soft(wanted.filter(isMissed([...on, ...back])), 'not reached').toEqual([]);
  expect.soft([...on, ...back].flatMap(({ name, faults }) => faults.map((fault) => `${name} ${fault}`))).toEqual([]);
  for (const stops of [on, back.toReversed()]) {
    // An open sheet may itself be a stop on the way round
    const order = stops.map(({ at }) => at).filter((at) => at >= 0);
    expect.soft(order, 'as read').toEqual(order.toSorted((a, b) => a - b));
  }
}
