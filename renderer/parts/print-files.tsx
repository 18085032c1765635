/** The files of a job as they are printed: a picture of one at a time, which file and version it is, and what stands otherwise than one would think. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { type PrintFile, printLines } from '../../shared/job/print-files.ts';
import type { Job, JobFile } from '../../shared/job.ts';
import { fileSource } from '../client.ts';
import type { PdfFacts } from '../pdf-page.ts';
import { type Say, useWords } from '../words/words.ts';
import { FilePreview, fileToShow } from './preview.tsx';
import css from './print-files.module.css';
import { SignMark } from './sign.tsx';

type Shown = PrintFile<JobFile>;

export type PrintFiles = {
  /** One after the other: of each file what is printed, then its other versions. */
  readonly all: readonly Shown[];
  /** The one that is looked at; null where there is none. */
  readonly shown: Shown | null;
  readonly show: (file: Shown) => void;
  /** Of the one that is looked at, once it is drawn. */
  readonly pdf: PdfFacts | null;
  readonly noteFacts: (facts: PdfFacts) => void;
};

export function usePrintFiles(job: Job): PrintFiles {
  const [chosen, setChosen] = useState<number | null>(null);
  const [drawn, setDrawn] = useState<{ readonly id: number; readonly facts: PdfFacts } | null>(null);
  const all = useMemo(() => printLines(job.files, job.deliveries).flatMap(({ shown, others }) => [shown, ...others]), [job]);
  const first = fileToShow(job)?.id;
  const shown = all.find(({ file }) => file.id === chosen) ?? all.find(({ file }) => file.id === first) ?? null;
  const id = shown?.file.id ?? 0;
  const noteFacts = useCallback((facts: PdfFacts) => setDrawn({ id, facts }), [id]);
  return { all, shown, show: ({ file }) => setChosen(file.id), pdf: drawn?.id === id ? drawn.facts : null, noteFacts };
}

/** "File 1 of 2" where there are several, "Version 1 of 2" where there is another, and where it stands if that is not plain. */
export function printWords(
  { at, of, version, versions, standing }: Shown,
  t: Say,
): { readonly file: string | null; readonly version: string | null } {
  const told = versions > 1 ? t('preview.versionOf', { n: version, of: versions }) : null;
  return {
    file: of > 1 ? t('preview.fileOf', { at, of }) : null,
    version: told === null || standing === 'none' ? told : `${told}, ${t(`preview.standing.${standing}`)}`,
  };
}

/** `caption`: which it is stands below it; else it is told elsewhere. */
export function PrintPictures({
  job,
  files,
  caption = false,
}: {
  readonly job: Job;
  readonly files: PrintFiles;
  readonly caption?: boolean;
}) {
  const { t } = useWords();
  const { all, shown, show, noteFacts } = files;
  const file = shown?.file ?? null;
  const at = shown === null ? -1 : all.indexOf(shown);
  const [before, after] = [all[at - 1] ?? all.at(-1), all[at + 1] ?? all[0]];
  const words = shown === null ? null : printWords(shown, t);
  return (
    <div className={css['pictures']} data-part="pictures" data-file={file?.id}>
      <div className={css['page']}>
        <FilePreview file={file} id={file?.id ?? 0} sourceOf={() => fileSource(job.id, file?.id ?? 0)} onPdf={noteFacts} />
        {shown?.standing === 'held' && (
          <p className={css['held']} data-part="held">
            <SignMark sign="attention" size={22} />
            {t('preview.standing.held')}
          </p>
        )}
      </div>
      {caption && file !== null && (words?.file !== null || words?.version !== null) && (
        <p className={css['caption']} data-part="which">
          <b>{[words?.file, words?.version].filter(Boolean).join(' · ')}</b> <bdi>{file.name}</bdi>
        </p>
      )}
      {all.length > 1 && before !== undefined && after !== undefined && (
        <div className={css['turn']}>
          <button type="button" onClick={() => show(before)} aria-label={t('preview.previous')}>
            <ChevronLeft size={32} aria-hidden />
          </button>
          <span aria-live="polite">
            {at + 1}/{all.length}
          </span>
          <button type="button" onClick={() => show(after)} aria-label={t('preview.next')}>
            <ChevronRight size={32} aria-hidden />
          </button>
        </div>
      )}
    </div>
  );
}

function warningOf(shown: Shown, other: Shown, t: Say): string | null {
  const [older, newer] = [shown.version, other.version];
  if (newer < older) return t('preview.olderLies', { older: newer });
  if (other.standing === 'coming') return t('preview.newerComes', { older, newer });
  return t(`preview.newer.${shown.standing === 'there' ? 'there' : 'had'}`, { older, newer });
}

/** What is printed is not the newest, or not that alone: in words, whichever picture is looked at. */
export function VersionWarnings({ job, size = 22 }: { readonly job: Job; readonly size?: number }) {
  const { t } = useWords();
  const lines = useMemo(() => printLines(job.files, job.deliveries), [job]);
  return lines.flatMap(({ shown, others }) =>
    others.map((other) => (
      <p key={other.file.id} className={css['warning']} data-part="version-warning">
        <SignMark sign="attention" size={size} />
        <span>
          {shown.of > 1 && (
            <>
              <bdi>{shown.file.name}</bdi>:{' '}
            </>
          )}
          <b>{warningOf(shown, other, t)}</b>
        </span>
      </p>
    )),
  );
}
