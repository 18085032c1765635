/** Where the page begins: the little that comes first. It says so where the rest cannot be had, so that no screen stays white. */
import './style/all.css';
import { pageIn } from '../shared/page-name.ts';
import { sayNotLoaded } from './not-loaded.ts';

// Before anything is loaded or drawn: what is added to the page later is no part of its name.
const own = pageIn(document.documentElement.outerHTML);
// Its schemas would else try to make code as they are made, which the policy of the page forbids and reports. Said before the first of them is there.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
try {
  const { start } = await import('./start.tsx');
  await start(own);
} catch (error) {
  console.error(error);
  sayNotLoaded();
}
