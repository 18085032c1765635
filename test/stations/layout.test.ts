/** What every screen must hold to in every size: nothing runs out of the side, fingers find their targets, colours are readable. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../browser.ts';
import { until } from '../until.ts';
import { type StandIn, startStandInHub } from './stand-in-hub.ts';
import { openStation, type Station, type StationOptions } from './station.ts';

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

type Screen = (typeof screens)[number];
const screens = [
  '#/',
  '#/overview/2',
  '#/job/2',
  '#/press/1',
  '#/folders',
  '#/folders/1',
  '#/folders/new',
  '#/statuses/CopyToHotFolderFailed',
  '#/settings',
  '#/security',
  '#/welcome',
] as const;
const sizes = [
  [1920, 1080],
  [1280, 800],
  [800, 1280],
] as const;

/** What is only on this screen. */
const marks: Readonly<Record<(typeof screens)[number], string>> = {
  '#/': '.overview_rowsBox',
  '#/overview/2': '.overview_rowsBox, .job_head',
  '#/job/2': '.job_head',
  '#/press/1': '[data-testid="focus"]',
  '#/folders': '[data-folder="1"]',
  '#/statuses/CopyToHotFolderFailed': '[data-testid="meaning"]',
  '#/settings': '[data-testid="try-ticket"]',
  '#/security': '[data-testid="security-record"]',
  '#/folders/1': '[data-testid="folder-form"]',
  '#/folders/new': '[data-testid="folder-form"]',
  '#/welcome': '.welcome_step',
};

async function settled(page: Page, hash: Screen): Promise<void> {
  await until(
    () => page.evaluate((mark) => document.querySelector(mark) !== null && document.querySelector('.shape_shape') === null, marks[hash]),
    `${hash} is there`,
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
        !element.closest('.text_hidden') &&
        !clipped(element),
    );
    const scrolling = [
      ...document.querySelectorAll(
        'main, .section_page, .overview_jobPage, .job-list_rows, .focus_focus, .next_queue, .overview_beside, .notices_notices',
      ),
    ].filter((box) => box.scrollWidth > box.clientWidth + 1);
    return [...out, ...scrolling].map((element) => `${element.tagName}.${element.className}`.slice(0, 80));
  });
}

const openScreens: Station[] = [];
afterEach(async () => {
  for (const station of openScreens.splice(0)) {
    expect(station.complaints).toEqual([]);
    await station.close();
  }
});

/** One page, which goes from screen to screen as people do. */
async function visit(hashes: readonly Screen[], options: StationOptions, look: (page: Page, hash: Screen) => Promise<void>): Promise<void> {
  const station = await openStation(browser, hub.url, hashes[0] ?? '#/', options);
  openScreens.push(station);
  for (const hash of hashes) {
    await station.page.evaluate((to) => location.assign(to), hash);
    await settled(station.page, hash);
    await look(station.page, hash);
  }
}

describe.each(sizes)('at %i x %i in German with long words', (width, height) => {
  it('nothing runs out of the side of any screen', async () => {
    await visit(screens, { language: 'de', width, height }, async (page, hash) => {
      expect(await runningOut(page), hash).toEqual([]);
    });
  });
});

describe('targets', () => {
  const tooSmall = (page: Page, least: number) =>
    page.evaluate(
      (px) =>
        [
          ...document.querySelectorAll(
            'button, a[href], summary, select, input:not([type=radio], [type=checkbox], [hidden]), .fields_choice label, .fields_tick',
          ),
        ]
          .filter((element) => element.checkVisibility() && !element.matches('dd a, .frame_skip'))
          .map((element) => ({
            name: `${element.tagName} ${element.className} ${element.textContent}`.slice(0, 60),
            box: element.getBoundingClientRect(),
          }))
          .filter(({ box }) => box.width > 0 && (box.height < px - 0.5 || box.width < px - 0.5))
          .map(({ name, box }) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`),
      least,
    );

  it('are at least 56 px for fingers', async () => {
    const touched = ['#/', '#/job/2', '#/folders/1', '#/statuses/CopyToHotFolderFailed', '#/settings', '#/welcome'] as const;
    await visit(touched, { width: 800, height: 1280, touch: true }, async (page, hash) => {
      expect(await tooSmall(page, 56), hash).toEqual([]);
    });
  });

  it('are at least 64 px at the press, and its text at least 24 px', async () => {
    await visit(['#/press/1'], { width: 1280, height: 800 }, async (page) => {
      expect(await tooSmall(page, 64)).toEqual([]);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('[data-distance="station"] *')]
          .filter(
            (element) =>
              [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '') &&
              element.checkVisibility() &&
              Number.parseFloat(getComputedStyle(element).fontSize) < 24,
          )
          .map((element) => element.textContent),
      );
      expect(small).toEqual([]);
    });
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
          element.closest('.text_hidden, :disabled') !== null
        )
          continue;
        const ground = behind(element);
        const [a, b] = [light(rgb(getComputedStyle(element).color, ground)), light(ground)];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < worst.ratio) worst = { ratio, text: own.slice(0, 40) };
      }
      return worst;
    });

  it.each(['light', 'dark'] as const)('is at least 4.5 in %s', async (theme) => {
    await visit(
      ['#/', '#/job/2', '#/folders', '#/statuses/CopyToHotFolderFailed', '#/settings', '#/welcome'],
      { theme },
      async (page, hash) => {
        const worst = await weakest(page);
        expect(worst.ratio, `${hash} ${worst.text}`).toBeGreaterThanOrEqual(4.5);
      },
    );
  });

  it('is at least 7 at the press', async () => {
    await visit(['#/press/1'], { width: 1920, height: 1080 }, async (page) => {
      const worst = await weakest(page);
      expect(worst.ratio, worst.text).toBeGreaterThanOrEqual(7);
    });
  });
});
