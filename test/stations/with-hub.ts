/** What the tests of the screens share: one browser a process, a stand-in hub and a screen of its own a test, and no complaint of any page. */
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Job } from '../../shared/job.ts';
import { openBrowser } from '../browser.ts';
import { until } from '../until.ts';
import { type StandIn, startStandInHub } from './stand-in-hub.ts';
import { openStation, type Station, type StationOptions } from './station.ts';

export type Floor = {
  /** The hub of the running test. */
  readonly hub: StandIn;
  /** Another hub answers at the same address from now on, with an empty record. */
  replaceHub(hubId: string): Promise<StandIn>;
  /** Opens a screen; `hash` is where. */
  open(hash: string, options?: StationOptions): Promise<Page>;
  /** A job that lies in the hot folder of the first press. */
  lying(title: string): Job;
  /** Does something at the hub and waits until the page has heard of it and drawn what it draws. */
  heardBy(page: Page, work: () => void): Promise<void>;
  /** Complaints that this test is about and that are no fault. */
  expectComplaints(pattern: RegExp): void;
};

/** For all files of this process, with which it ends: to open one takes longer than most tests. */
let opening: Promise<Browser> | null = null;

async function browserOfProcess(): Promise<Browser> {
  const opened = await opening;
  if (opened?.isConnected()) return opened;
  opening = openBrowser();
  return await opening;
}

/** To be called once at the top of a test file. */
export function floorForTests(): Floor {
  let browser: Browser;
  let hub: StandIn;
  let stations: Station[] = [];
  let expected: RegExp | null = null;
  beforeAll(async () => {
    browser = await browserOfProcess();
  });
  beforeEach(async () => {
    hub = await startStandInHub();
    stations = [];
    expected = null;
  });
  afterEach(async () => {
    await Promise.all(stations.map((station) => station.close()));
    await hub.stop();
    const complaints = stations.flatMap((station) => station.complaints);
    expect(complaints.filter((complaint) => expected?.test(complaint) !== true)).toEqual([]);
  });
  return {
    get hub() {
      return hub;
    },
    async replaceHub(hubId) {
      const port = Number(new URL(hub.url).port);
      await hub.stop();
      hub = await startStandInHub({ port, hubId });
      return hub;
    },
    async open(hash, options = {}) {
      const station = await openStation(browser, hub.url, hash, options);
      stations.push(station);
      return station.page;
    },
    lying: (title) =>
      hub.addJob({
        title,
        hotFolderId: 1,
        events: [
          { code: 'Ordered', actor: 'system' },
          { code: 'InHotFolder', actor: 'system' },
        ],
      }),
    async heardBy(page, work) {
      const station = stations.find((one) => one.page === page);
      const before = station?.heard() ?? 0;
      work();
      await until(() => (station?.heard() ?? 0) > before, 'the push is heard');
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    },
    expectComplaints(pattern) {
      expected = pattern;
    },
  };
}
