/** Sends what waits for a printer that is paused, in trouble or does not take it to another one. */
import { Split } from 'lucide-react';
import { floor } from '../floor/floor.ts';
import type { Action } from './action.ts';
import { maySend } from './allowed.ts';
import { chooseFolder } from './choose-folder.ts';
import { heldUpFiles } from './sendable-files.ts';

function standsStill(hotFolderId: number): boolean {
  return floor.getState().hotFolders?.some(({ id, state }) => id === hotFolderId && state !== 'ready') ?? false;
}

export const sendElsewhere: Action = {
  label: 'sendElsewhere',
  icon: Split,
  key: 'e',
  asks: 'folder',
  rule: (job) => maySend(job) && !chooseFolder.rule(job) && heldUpFiles(job, standsStill).length > 0,
  perform: (job, { reason, hotFolderId }) => {
    const heldUp = heldUpFiles(job, standsStill);
    // The folder may be well again by the time somebody has chosen another: what waited is meant all the same, and goes only if it has not gone.
    const fileIds = (heldUp.length > 0 ? heldUp : heldUpFiles(job, () => true)).map(({ id }) => id);
    return hotFolderId === undefined || fileIds.length === 0 ? null : { kind: 'deliver', reason, hotFolderId, fileIds, unsent: true };
  },
};
