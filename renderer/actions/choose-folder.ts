/** A person says which printer a job belongs to when no rule does. */
import { FolderInput } from 'lucide-react';
import { hotFoldersOf } from '../../shared/job/presses.ts';
import type { Action } from './action.ts';
import { maySend } from './allowed.ts';

const undecided = new Set(['NoRuleFits', 'HotFolderGone', 'TypeNotAccepted']);

export const chooseFolder: Action = {
  label: 'chooseFolder',
  icon: FolderInput,
  key: 'o',
  asks: 'folder',
  rule: (job) =>
    maySend(job) &&
    job.files.length > 0 &&
    (hotFoldersOf(job).length === 0 || job.attention.some((problem) => undecided.has(problem.reasonCode ?? problem.code))),
  perform: (_job, { reason, hotFolderId }) => (hotFolderId === undefined ? null : { kind: 'deliver', reason, hotFolderId, unsent: true }),
};
