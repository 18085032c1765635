/** How a job stands is the most important word of its row: it is read whole, at every width and in every language. */
import { expect, it } from 'vitest';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();

it.each(['en', 'de', 'fr', 'es'] as const)('a status is never cut in a row or in what was found, in %s', async (language) => {
  for (const code of ['AwaitingData', 'CopyToHotFolderFailed', 'ReadyForCollection', 'OutputCreationFailed'] as const)
    floor.hub.addJob({
      title: 'Flyer',
      attributes: { size: 'A5' },
      hotFolderId: 1,
      events: [
        { code: 'Ordered', actor: 'system' },
        { code, actor: 'system' },
      ],
    });
  const page = await floor.open('#/', { language });
  const cut = () =>
    page.locator('[data-part="badge"]').evaluateAll((badges) =>
      badges.flatMap((badge) => {
        const box = badge.parentElement?.getBoundingClientRect();
        const word = badge.querySelector('bdi');
        const inside = badge.getBoundingClientRect();
        if (word === null || box === undefined) return [];
        // A word that flows in a line has no box of its own to be wider than.
        const isWhole =
          (word.clientWidth === 0 || word.scrollWidth <= word.clientWidth + 1) &&
          badge.scrollWidth <= badge.clientWidth + 1 &&
          inside.right <= box.right + 1 &&
          inside.height <= 52;
        return isWhole ? [] : [`${badge.textContent} ${inside.height}`];
      }),
    );
  await page.locator('[data-job] [data-part="badge"]').nth(3).waitFor();
  expect(await cut()).toEqual([]);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('flyer');
  await page.getByRole('dialog').locator('[data-part="badge"]').nth(3).waitFor();
  expect(await cut()).toEqual([]);
});

it('what a ticket says besides has its name in the language of the reader', async () => {
  const job = floor.hub.addJob({
    title: 'Flyer',
    attributes: { Size: 'A5', Falz: 'einmal' },
    events: [{ code: 'Ordered', actor: 'station Prepress' }],
  });
  const page = await floor.open(`#/job/${job.id}`, { language: 'de' });
  const facts = page.locator('dl').filter({ hasText: 'Falz' });
  await facts.waitFor();
  expect((await facts.locator('dt').allTextContents()).slice(-2)).toEqual(['Format', 'Falz']);
  await page.getByRole('heading', { name: 'Ticket', exact: true }).waitFor();
  await page.getByTestId('history').getByText('von Station Prepress').waitFor();
});
