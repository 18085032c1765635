/** Times that stand beside a word make a sentence with it, in every language. */
import { expect, it } from 'vitest';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();

it.each([
  { language: 'en', arrived: 'Arrived 5 min ago', came: /Came: just now, / },
  { language: 'de', arrived: 'Eingegangen vor 5 Min.', came: /Angekommen: eben, / },
  { language: 'fr', arrived: 'Arrivé il y a 5 min', came: /Arrivé\s: à l'instant, / },
  { language: 'es', arrived: 'Llegada hace 5 min', came: /Llegó: ahora mismo, / },
] as const)('a time is a sentence in $language', async ({ language, arrived, came }) => {
  const job = floor.lying('Menu card');
  floor.hub.askAbout('flyer.pdf', [job], { why: 'evidenceDisagrees', size: 945 });
  const page = await floor.open(`#/job/${job.id}`, { language });
  const facts = page.locator('dl').filter({ hasText: arrived.split(' ')[0] ?? '' });
  await facts.first().waitFor();
  expect((await facts.first().textContent())?.replaceAll(/\s+/g, '')).toContain(arrived.replaceAll(' ', ''));
  await page.getByText(came).first().waitFor();
});
