/** Page 1 of a job's newest file: PDFs drawn by pdf.js in its worker, images as they are, a plain placeholder for the rest. */
import { FileImage, FileQuestion, FileText } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Job, JobFile } from '../../shared/job.ts';
import { fileSource } from '../client.ts';
import { size } from '../words/time.ts';
import { useWords } from '../words/words.ts';

const imageTypes = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg']);
/** Larger files are drawn only when somebody asks: the shop's network is for printing. */
const largeBytes = 150_000_000;

type Look = 'loading' | 'shown' | 'failed';
type PageProps = {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly name: string;
  readonly look: Look;
  readonly onLook: (look: Look) => void;
};

/** The file a person wants to see: the newest current one that can be drawn. */
function fileToShow(job: Job): JobFile | null {
  const current = job.files.filter((file) => file.current);
  return current.findLast((file) => file.type === 'pdf' || imageTypes.has(file.type)) ?? current.at(-1) ?? null;
}

function PdfPage({ url, headers, name, look, onLook }: PageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    void (async () => {
      try {
        const { drawFirstPage } = await import('../pdf-page.ts');
        if (canvas.current !== null && !stop.signal.aborted)
          await drawFirstPage({ url, headers, canvas: canvas.current, signal: stop.signal });
        if (!stop.signal.aborted) onLook('shown');
      } catch {
        if (!stop.signal.aborted) onLook('failed');
      }
    })();
    return () => stop.abort();
  }, [url, headers, onLook]);
  return <canvas ref={canvas} className={look === 'shown' ? undefined : 'undrawn'} role="img" aria-label={name} />;
}

function ImagePage({ url, headers, name, look, onLook }: PageProps) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let made: string | null = null;
    void (async () => {
      try {
        const answer = await fetch(url, { headers, signal: stop.signal });
        if (!answer.ok) throw new Error(`Status ${answer.status}`);
        made = URL.createObjectURL(await answer.blob());
        setAddress(made);
      } catch {
        if (!stop.signal.aborted) onLook('failed');
      }
    })();
    return () => {
      stop.abort();
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [url, headers, onLook]);
  return address === null ? null : (
    <img
      src={address}
      className={look === 'shown' ? undefined : 'undrawn'}
      alt={name}
      onLoad={() => onLook('shown')}
      onError={() => onLook('failed')}
    />
  );
}

function Drawn({ job, file }: { readonly job: Job; readonly file: JobFile }) {
  const { t } = useWords();
  const [look, setLook] = useState<Look>('loading');
  const [source] = useState(() => fileSource(job.id, file.id));
  const Page = file.type === 'pdf' ? PdfPage : ImagePage;
  return (
    <>
      {look !== 'failed' && <Page {...source} name={t('preview.alt', { name: file.name })} look={look} onLook={setLook} />}
      {look !== 'shown' && (
        <div className={`instead${look === 'loading' ? ' over' : ''}`} role="status">
          <FileText size={40} aria-hidden />
          <p>{t(look === 'failed' ? 'preview.failed' : 'preview.loading')}</p>
        </div>
      )}
    </>
  );
}

export function Preview({ job }: { readonly job: Job }) {
  const { t, language } = useWords();
  const file = fileToShow(job);
  const [asked, setAsked] = useState(false);
  const drawable = file !== null && (file.type === 'pdf' || imageTypes.has(file.type));
  const wait = file !== null && drawable && file.size > largeBytes && !asked;
  return (
    <figure className="preview" data-testid="preview">
      {file !== null && drawable && !wait ? (
        <Drawn key={file.id} job={job} file={file} />
      ) : (
        <div className="instead">
          {file === null ? <FileQuestion size={40} aria-hidden /> : <FileImage size={40} aria-hidden />}
          <p>{file === null ? t('preview.empty') : wait ? t('preview.large', { size: size(file.size, language) }) : t('preview.none')}</p>
          {file !== null && !wait && <bdi>{file.name}</bdi>}
          {wait && (
            <button type="button" className="button" onClick={() => setAsked(true)}>
              {t('preview.show')}
            </button>
          )}
        </div>
      )}
    </figure>
  );
}
