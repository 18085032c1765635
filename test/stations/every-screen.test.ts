/**
 * Every screen and all that opens on one, opened once: walked by keyboard alone, asked by the rules of WCAG 2.2 AA in light and dark (at the press, read from
 * metres, with the contrast of AAA), and looked at at 200 % zoom.
 */
import { describe, it } from 'vitest';
import { expectReachable } from './at-double-size.ts';
import { expectWalkable } from './by-keyboard.ts';
import { addTrouble, fillPress, pressStates, type State, show, states } from './shop-to-see.ts';
import { expectNoFaults, type Level } from './wcag.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();

async function expectGood(state: State, level: Level): Promise<void> {
  const page = await floor.open(state.hash);
  await show(page, state);
  await expectReachable(page);
  await expectNoFaults(page, level);
  await expectWalkable(page);
}

describe('is walked by keyboard, read by a screen reader and usable at 200 % zoom', () => {
  it.each(states)('$name', async (state) => {
    fillPress(floor.hub);
    addTrouble(floor.hub);
    await expectGood(state, 'AA');
  });

  it('the screen that asks for the key', async () => {
    const page = await floor.open('#/', { signedIn: false });
    await page.getByRole('button', { name: 'Sign in' }).or(page.getByRole('main').getByRole('button')).first().waitFor();
    await expectReachable(page);
    await expectNoFaults(page, 'AA');
    await expectWalkable(page);
  });

  it.each(pressStates)('$name', async (state) => {
    fillPress(floor.hub);
    await expectGood(state, 'AAA');
  });

  it('a press at which much went wrong', async () => {
    fillPress(floor.hub);
    addTrouble(floor.hub);
    floor.hub.changeFolder(1, { state: 'trouble', reasonCode: 'NotTheShare', raw: 'EIO', troubleSince: new Date(0).toISOString() });
    await expectGood({ name: '', hash: '#/press/1' }, 'AAA');
  });

  it('a press at which much went wrong, in German at 200 % zoom', async () => {
    fillPress(floor.hub);
    addTrouble(floor.hub);
    const page = await floor.open('#/press/1', { language: 'de' });
    await show(page, { name: '', hash: '#/press/1' });
    await expectReachable(page);
  });
});
