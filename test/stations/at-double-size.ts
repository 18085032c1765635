/** At 200 % zoom a screen has half the room: everything can still be reached and read (WCAG 1.4.4 and 1.4.10). */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What zoom leaves of 1280x800 and 1920x1080. */
const sizes = [
  [640, 400],
  [960, 540],
] as const;

/** What scrolls sideways, which nobody finds. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = ({ scrollWidth, clientWidth }: Element) => clientWidth > 0 && scrollWidth > clientWidth + 1;
    const boxes = [...document.querySelectorAll('body *')].filter((box) => /auto|scroll/.test(getComputedStyle(box).overflowX));
    return [document.documentElement, ...boxes].filter(scrolls).map((box) => `${box.tagName}.${box.className} scrolls sideways`);
  });
}

/** What cannot be pressed where it is once it is scrolled to as a person would; what is only hidden nobody can scroll. */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const show = (element: Element): void => {
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      for (let box = element.parentElement; box !== null; box = box.parentElement)
        if (getComputedStyle(box).overflowY === 'hidden') box.scrollTo(0, 0);
    };
    const isWhole = ({ left, right, top, bottom }: DOMRect): boolean =>
      // What is higher than the screen is scrolled through
      left > -1 && right < innerWidth + 1 && (bottom - top > innerHeight || (top > -1 && bottom < innerHeight + 1));
    const over = ({ left, right, top, bottom }: DOMRect): Element | null =>
      document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
    const isSame = (hit: Element | null, element: Element): boolean =>
      hit !== null && [element.contains(hit), hit.contains(element), hit.closest('label')?.contains(element)].includes(true);
    const top = document.querySelector('dialog[open]') ?? document.body;
    const pressed = [...top.querySelectorAll('a[href], button, input, select, textarea, summary, [role="option"], [tabindex="0"]')];
    return pressed
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 2)
      .filter((element) => {
        show(element);
        const place = element.getBoundingClientRect();
        return !(isWhole(place) && isSame(over(place), element));
      })
      .map((element) => `${element.tagName} "${element.getAttribute('aria-label') ?? element.textContent}" is out of reach`);
  });
}

/** What is broken within a word, and numbers on more than one line or cut off. */
function broken(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const linesOf = (range: Range): number =>
      new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top))).size;
    const rangesOf = (text: Node): Range[] =>
      [...(text.nodeValue ?? '').matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return range;
      });
    const textsIn = (element: Element): Node[] => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const texts: Node[] = [];
      while (walker.nextNode() !== null) texts.push(walker.currentNode);
      return texts;
    };
    const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
    const words = [...document.querySelectorAll('button, a, h1, h2, label, [data-part~="badge"]')]
      .filter(isShown)
      .flatMap(textsIn)
      .flatMap(rangesOf)
      .filter((range) => linesOf(range) > 1);
    const numbers = [...document.querySelectorAll('[data-part~="number"]')].filter(isShown).filter((number) => {
      const range = document.createRange();
      range.selectNodeContents(number);
      return linesOf(range) > 1 || range.getBoundingClientRect().right > number.getBoundingClientRect().right + 1;
    });
    return [...words.map((range) => `${range} is broken`), ...numbers.map((number) => `${number.textContent} is wrapped or cut`)];
  });
}

/** Leaves the page at the size it had. */
export async function expectReachable(page: Page): Promise<void> {
  const before = page.viewportSize();
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect.soft([...(await sideways(page)), ...(await broken(page)), ...(await outOfReach(page))], `${width} x ${height}`).toEqual([]);
  }
  if (before !== null) await page.setViewportSize(before);
}
