/** What every screen must hold to in every size: nothing runs out of the side, fingers find their targets, colours are readable. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.ts';
import { until } from '../until.ts';
import { type StandIn, startStandInHub } from './stand-in-hub.ts';
import { openStation } from './station.ts';

const longWord = 'Geschäftsberichtsumschlagsveredelungsauftragsbestätigungsformularvordruck';
let browser: Browser;
let hub: StandIn;
beforeAll(async () => {
  browser = await openBrowser();
  hub = await startStandInHub();
  hub.changeFolder(1, {
    name: longWord.slice(0, 60),
    path: `/srv/${longWord}/${longWord}`,
    state: 'trouble',
    reasonCode: 'NotTheShare',
    raw: longWord.repeat(4),
    troubleSince: new Date(0).toISOString(),
    queued: 12,
  });
  hub.reject({ name: `${longWord}_${longWord}.pdf`, reasonCode: 'HostileName', detail: longWord });
  hub.addJob({ title: 'Ruhig', hotFolderId: 1 });
  hub.addJob({
    order: '104310',
    title: `${longWord} ${longWord}`,
    product: longWord,
    quantity: 125_000,
    dueAt: new Date(0).toISOString(),
    notes: longWord,
    attributes: { [longWord]: longWord },
    customer: { name: longWord, company: longWord },
    hotFolderId: 1,
    file: `${longWord}.pdf`,
    events: [
      { code: 'InHotFolder', actor: `station ${longWord}` },
      { code: 'InProduction', actor: 'admin', reason: longWord, data: { problem: 'PrinterRefused', raw: longWord.repeat(3) } },
    ],
  });
  hub.askAbout(`${longWord}.pdf`, [...hub.jobs.values()], { why: 'evidenceDisagrees' });
});
afterAll(async () => {
  await browser.close();
  await hub.stop();
});

const screens = ['#/', '#/overview/2', '#/job/2', '#/press/1', '#/folders', '#/folders/1', '#/folders/new', '#/welcome'] as const;
const sizes = [
  [1920, 1080],
  [1280, 800],
  [800, 1280],
] as const;

async function settled(page: Page): Promise<void> {
  await until(
    () =>
      page.evaluate(
        () => document.querySelector('[data-testid="connection"], .station .top') !== null && document.querySelector('.shape') === null,
      ),
    'the screen is there',
    20_000,
  );
}

/** Elements that reach out of the window sideways and are not inside something that scrolls or clips. */
function runningOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const clipped = (element: Element): boolean => {
      for (let parent = element.parentElement; parent !== null; parent = parent.parentElement)
        if (
          getComputedStyle(parent).overflowX !== 'visible' &&
          parent !== document.body &&
          parent.getBoundingClientRect().right <= width + 1
        )
          return true;
      return false;
    };
    const out = [...document.querySelectorAll('body *')].filter(
      (element) =>
        element.getBoundingClientRect().right > width + 1 &&
        element.getBoundingClientRect().width > 0 &&
        !element.closest('.hidden-words') &&
        !clipped(element),
    );
    const scrolling = [...document.querySelectorAll('main, .page, .job-page, .rows, .focus-job, .queue, .beside, .notices')].filter(
      (box) => box.scrollWidth > box.clientWidth + 1,
    );
    return [...out, ...scrolling].map((element) => `${element.tagName}.${element.className}`.slice(0, 80));
  });
}

describe.each(sizes)('at %i x %i in German with long words', (width, height) => {
  it.each(screens)('nothing runs out of the side of %s', async (hash) => {
    const station = await openStation(browser, hub.url, hash, { language: 'de', width, height });
    await settled(station.page);
    expect(await runningOut(station.page)).toEqual([]);
    expect(station.complaints).toEqual([]);
    await station.close();
  });
});

describe('targets', () => {
  const tooSmall = (page: Page, least: number) =>
    page.evaluate(
      (px) =>
        [
          ...document.querySelectorAll(
            'button, a[href], summary, select, input:not([type=radio], [type=checkbox], [hidden]), .choice label, .tick',
          ),
        ]
          .filter((element) => element.checkVisibility() && !element.matches('dd a, .skip'))
          .map((element) => ({
            name: `${element.tagName} ${element.className} ${element.textContent}`.slice(0, 60),
            box: element.getBoundingClientRect(),
          }))
          .filter(({ box }) => box.width > 0 && (box.height < px - 0.5 || box.width < px - 0.5))
          .map(({ name, box }) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`),
      least,
    );

  it.each(['#/', '#/job/2', '#/folders/1', '#/welcome'])('are at least 56 px for fingers on %s', async (hash) => {
    const station = await openStation(browser, hub.url, hash, { width: 800, height: 1280, touch: true });
    await settled(station.page);
    expect(await tooSmall(station.page, 56)).toEqual([]);
    await station.close();
  });

  it('are at least 64 px at the press, and its text at least 24 px', async () => {
    const station = await openStation(browser, hub.url, '#/press/1', { width: 1280, height: 800 });
    await settled(station.page);
    await station.page.getByTestId('focus').waitFor();
    expect(await tooSmall(station.page, 64)).toEqual([]);
    const small = await station.page.evaluate(() =>
      [...document.querySelectorAll('.station *')]
        .filter(
          (element) =>
            [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '') &&
            element.checkVisibility() &&
            Number.parseFloat(getComputedStyle(element).fontSize) < 24,
        )
        .map((element) => element.textContent),
    );
    expect(small).toEqual([]);
    await station.close();
  });
});

describe('contrast', () => {
  /** Smallest contrast of any visible text against what is painted behind it. */
  const weakest = (page: Page) =>
    page.evaluate(() => {
      const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      if (canvas === null) throw new Error('no canvas');
      const rgb = (colour: string, under: readonly number[]): number[] => {
        canvas.fillStyle = `rgb(${under.join(' ')})`;
        canvas.fillRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)];
      };
      const light = ([r = 0, g = 0, b = 0]: readonly number[]): number => {
        const part = (value: number): number => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
        return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
      };
      const behind = (element: Element): number[] => {
        const chain: Element[] = [];
        for (let at: Element | null = element; at !== null; at = at.parentElement) chain.unshift(at);
        return chain.reduce<number[]>((under, at) => rgb(getComputedStyle(at).backgroundColor, under), [255, 255, 255]);
      };
      let worst = { ratio: 21, text: '' };
      for (const element of document.querySelectorAll('body *')) {
        const own = [...element.childNodes]
          .filter((node) => node.nodeType === 3)
          .map((node) => node.textContent?.trim())
          .join('');
        if (
          own === '' ||
          !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) ||
          element.closest('.hidden-words, :disabled') !== null
        )
          continue;
        const ground = behind(element);
        const [a, b] = [light(rgb(getComputedStyle(element).color, ground)), light(ground)];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < worst.ratio) worst = { ratio, text: own.slice(0, 40) };
      }
      return worst;
    });

  it.each([
    ['#/', 'light'],
    ['#/', 'dark'],
    ['#/job/2', 'light'],
    ['#/job/2', 'dark'],
    ['#/folders', 'light'],
    ['#/folders', 'dark'],
    ['#/welcome', 'light'],
  ] as const)('is at least 4.5 on %s in %s', async (hash, theme) => {
    const station = await openStation(browser, hub.url, hash, { theme });
    await settled(station.page);
    const worst = await weakest(station.page);
    expect(worst.ratio, worst.text).toBeGreaterThanOrEqual(4.5);
    await station.close();
  });

  it('is at least 7 at the press', async () => {
    const station = await openStation(browser, hub.url, '#/press/1', { width: 1920, height: 1080 });
    await settled(station.page);
    await station.page.getByTestId('focus').waitFor();
    const worst = await weakest(station.page);
    expect(worst.ratio, worst.text).toBeGreaterThanOrEqual(7);
    await station.close();
  });
});
