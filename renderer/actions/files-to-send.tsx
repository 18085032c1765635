/** Which of a job's files are sent: its name, or a tick for each where there are several. What did not get to the printer is ticked. */
import { useState } from 'react';
import type { Job } from '../../shared/job.ts';
import fieldsCss from '../parts/fields.module.css';
import textCss from '../parts/text.module.css';
import { useWords } from '../words/words.ts';
import css from './files-to-send.module.css';
import { sendableFiles } from './sendable-files.ts';

type Props = { readonly job: Job; readonly chosen: readonly number[]; readonly choose: (fileIds: readonly number[]) => void };

export function FilesToSend({ job, chosen, choose }: Props) {
  const { t } = useWords();
  const files = sendableFiles(job);
  const [asked] = useState(() => files[0]?.id);
  const [only] = files;
  if (only === undefined) return null;
  // Another one than was chosen, since that was replaced, is chosen by whoever has seen that.
  if (files.length === 1 && only.id === asked && chosen.includes(only.id))
    return (
      <p>
        <bdi>{t('action.oneFile', { name: only.name })}</bdi>
      </p>
    );
  return (
    <fieldset className={css['filesToSend']} data-testid="files-to-send">
      <legend>{t('action.whichFiles')}</legend>
      {files.map((file) => {
        const last = job.deliveries.findLast((delivery) => delivery.fileId === file.id);
        return (
          <label key={file.id} className={fieldsCss['tick']}>
            <input
              type="checkbox"
              checked={chosen.includes(file.id)}
              onChange={(event) => choose(event.target.checked ? [...chosen, file.id] : chosen.filter((id) => id !== file.id))}
            />
            <span>
              <bdi>{file.name}</bdi>{' '}
              <span className={textCss['soft']}>{last === undefined ? t('action.neverSent') : t(`delivery.${last.state}`)}</span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
