/** The hub behind a desktop program under test: its process, and the way to it. */
import { expect } from 'vitest';
import { until } from '../until.ts';
import type { Desktop } from './open-desktop.ts';

/** A start takes a browser, two processes of ours and a database; on a busy machine that is long. */
export const startMs = 40_000;

export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

export const hubPid = (desktop: Desktop): Promise<number> =>
  until(
    () => desktop.evaluate(({ app }) => app.getAppMetrics().find(({ serviceName }) => serviceName === 'Printfloor hub')?.pid ?? 0),
    'the hub runs',
    startMs,
  );

/** Where the page is told the hub is, once that one answers. */
export async function answeringHub(desktop: Desktop): Promise<{ url: string; token: string }> {
  const page = await desktop.page();
  await page.waitForFunction(() => 'desktop' in window);
  const access = await page.evaluate(() => window.desktop?.hub());
  if (access === undefined) throw new Error('The page has no way to the hub');
  const answer = await fetch(new URL('/api/health', access.url), { headers: { authorization: `Bearer ${access.token}` } });
  expect(answer.status).toBe(200);
  return access;
}
