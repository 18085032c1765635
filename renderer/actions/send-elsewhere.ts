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
    const fileIds = heldUpFiles(job, standsStill).map(({ id }) => id);
    return hotFolderId === undefined || fileIds.length === 0 ? null : { kind: 'deliver', reason, hotFolderId, fileIds, unsent: true };
  },
};
