/** In which language a screen speaks: as the shop does, at once when that changes, unless it has one of its own. */
import { expect, it } from 'vitest';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();

it('a screen that is open speaks as the shop does, at once, without being loaded again', async () => {
  floor.lying('Flyer');
  const page = await floor.open('#/overview');
  await page.getByRole('link', { name: 'Overview' }).waitFor();
  await page.evaluate(() => Object.assign(window, { notLoadedAgain: true }));
  for (const [language, overview, status] of [
    ['fr', "Vue d'ensemble", 'Au hot folder'],
    ['es', 'Vista general', 'En la carpeta activa'],
    ['de', 'Übersicht', 'Im Hotfolder'],
    ['en', 'Overview', 'In the hot folder'],
  ] as const) {
    floor.hub.changeSettings({ language });
    await page.getByRole('link', { name: overview, exact: true }).waitFor();
    // What stands in the tables of the hub changes with it.
    await page.getByText(status).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
  }
  expect(await page.evaluate(() => 'notLoadedAgain' in window)).toBe(true);
});

it('a screen with a language of its own keeps it, and can give it up', async () => {
  const page = await floor.open('#/overview', { language: 'es' });
  await page.getByRole('link', { name: 'Vista general' }).waitFor();
  await floor.heardBy(page, () => floor.hub.changeSettings({ language: 'de' }));
  const choice = page.getByTestId('language');
  await page.getByText('Deutsch (como el taller)').waitFor({ state: 'attached' });
  expect(await page.getByRole('link', { name: 'Vista general' }).isVisible()).toBe(true);
  await choice.selectOption({ label: 'Français' });
  await page.getByRole('link', { name: "Vue d'ensemble" }).waitFor();
  await choice.selectOption({ label: "Deutsch (comme l'atelier)" });
  await page.getByRole('link', { name: 'Übersicht' }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: 'Übersicht' }).waitFor();
});

it('loads no language that nobody speaks here, and keeps its words where one cannot be had', async () => {
  const asked: string[] = [];
  const page = await floor.open('#/overview', {
    before: async (opened) => {
      opened.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await opened.route(/assets\/fr-/, (route) => route.abort());
    },
  });
  await page.getByRole('link', { name: 'Overview' }).waitFor();
  expect(asked.filter((path) => /assets\/(?:de|fr|es)-/.test(path))).toEqual([]);
  floor.expectComplaints(/Failed to load resource|ERR_FAILED/);
  await floor.heardBy(page, () => floor.hub.changeSettings({ language: 'fr' }));
  await page.getByText('Français (as the shop)').waitFor({ state: 'attached' });
  expect(await page.getByRole('link', { name: 'Overview' }).isVisible()).toBe(true);
  floor.hub.changeSettings({ language: 'de' });
  await page.getByRole('link', { name: 'Übersicht' }).waitFor();
});
