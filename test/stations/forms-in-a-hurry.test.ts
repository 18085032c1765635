/** Forms whose fields or buttons are touched while their last answer is on its way: nothing is made twice, and no tick stands over what was not tried. */
import { expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();

it('a folder that is typed while another is tried is not said to have been tried, nor can it be saved', async () => {
  const page = await floor.open('#/folders/new');
  const form = page.getByTestId('folder-form');
  await form.getByLabel('Name', { exact: true }).fill('Press 2');
  await form.getByLabel('Folder', { exact: true }).fill('/mnt/press-2');
  await form.getByLabel('Folder', { exact: true }).evaluate((field: HTMLInputElement) => {
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Try it')?.click();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, '/mnt/locked');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await form.getByRole('button', { name: 'Try it' }).and(page.locator(':not([aria-disabled="true"])')).waitFor();
  expect(await form.getByLabel('Folder', { exact: true }).inputValue()).toBe('/mnt/locked');
  expect(await page.getByTestId('probe').count()).toBe(0);
  expect(await form.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
});

it('a rule saved by a double press is one rule', async () => {
  const page = await floor.open('#/folders');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const form = page.getByTestId('rule-form');
  await form.getByLabel('Name of the rule').fill('Posters');
  await form.getByLabel('Values', { exact: false }).first().fill('Poster');
  await form.evaluate((element) => {
    if (!(element instanceof HTMLFormElement)) throw new Error('No form');
    element.requestSubmit();
    element.requestSubmit();
  });
  await form.waitFor({ state: 'detached' });
  await until(() => floor.hub.rules.length > 0, 'it is saved');
  await page.getByText('Posters').first().waitFor();
  expect(floor.hub.rules.map(({ name }) => name)).toEqual(['Posters']);
});

const rule = (name: string) => {
  const made = { id: 1, position: 1, name, conditions: { product: ['Poster'] }, hotFolderId: 1 };
  floor.hub.rules.splice(0, floor.hub.rules.length, made);
  return made;
};

it('a rule that somebody else changed meanwhile keeps what is not changed here, and is overwritten only by who has seen it', async () => {
  const before = rule('Posters');
  const page = await floor.open('#/folders');
  const form = page.getByTestId('rule-form');
  await page.getByTestId('rules').getByRole('button', { name: 'Change' }).click();
  floor.hub.rules.splice(0, 1, { ...before, hotFolderId: null });
  await form.getByLabel('Name of the rule').fill('Large posters');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
  expect(floor.hub.rules).toMatchObject([{ name: 'Large posters', hotFolderId: null }]);

  await page.getByTestId('rules').getByRole('button', { name: 'Change' }).click();
  floor.hub.rules.splice(0, 1, { ...before, name: 'Banners' });
  await form.getByLabel('Name of the rule').fill('Huge posters');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByTestId('stands-now').getByText('Banners').waitFor();
  expect(floor.hub.rules).toMatchObject([{ name: 'Banners' }]);
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
  expect(floor.hub.rules).toMatchObject([{ name: 'Huge posters' }]);
});

it('a rule is not removed in place of one that had its number and was removed by somebody else', async () => {
  rule('Posters');
  const page = await floor.open('#/folders');
  await page.getByTestId('rules').getByRole('button', { name: 'Remove' }).click();
  rule('All else');
  await page.getByTestId('rule-removal').getByRole('button', { name: 'remove' }).click();
  await page.getByTestId('rules').getByText('All else').waitFor();
  expect(floor.hub.rules).toMatchObject([{ name: 'All else' }]);
});

it('a hot folder is saved with what was changed in it alone', async () => {
  const page = await floor.open('#/folders/1');
  const form = page.getByTestId('folder-form');
  await form.getByLabel('Name', { exact: true }).fill('Press one');
  floor.hub.changeFolder(1, { capacity: 7 });
  await form.getByRole('button', { name: 'Try it' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
  expect(floor.hub.folders).toMatchObject([{ name: 'Press one', capacity: 7 }]);
});
