/** Page 1 of a file, of a job or of one that is asked about: PDFs drawn by pdf.js in its worker, images as they are, a plain placeholder for the rest. */
import { FileImage, FileQuestion, FileText } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { printLines } from '../../shared/job/print-files.ts';
import type { Job, JobFile } from '../../shared/job.ts';
import { type FileSource, fileSource } from '../client.ts';
import type { PdfFacts } from '../pdf-page.ts';
import { headBytes, pictureSize } from '../picture-size.ts';
import { mostPicturePixels, TooMuch } from '../too-much.ts';
import { size } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import buttonCss from './button.module.css';
import css from './preview.module.css';

/** An SVG can keep a browser busy for ever, and nothing can stop it: it is not shown. */
const imageTypes = new Set(['png', 'jpg', 'jpeg', 'gif', 'webp']);
/** Larger files are drawn only when somebody asks: the shop's network is for printing. */
const largeBytes = 150_000_000;

export function isDrawnAtOnce({ type, size: bytes }: Shown): boolean {
  return isDrawable({ type }) && (bytes ?? 0) <= largeBytes;
}

type Look = 'loading' | 'shown' | 'failed' | 'tooMuch';
/** `onPdf`: told once a PDF is drawn; always the same function. */
export type Tell = { readonly onLook: (look: Look) => void; readonly onPdf?: ((facts: PdfFacts) => void) | undefined };
type PageProps = FileSource & Tell & { readonly name: string; readonly look: Look };
/** `size` in bytes, null where it is not known; `type` in lower case. */
type Shown = { readonly name: string; readonly type: string; readonly size: number | null };

export function isDrawable({ type }: Pick<Shown, 'type'>): boolean {
  return type === 'pdf' || imageTypes.has(type);
}

/** What is printed of a job, the first that can be drawn: never a newer version while an older one is at the printer. */
export function fileToShow(job: Job): JobFile | null {
  const files = printLines(job.files, job.deliveries).map(({ shown }) => shown.file);
  return files.find(isDrawable) ?? files[0] ?? null;
}

function PdfPage({ url, headers, name, look, onLook, onPdf }: PageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    void (async () => {
      try {
        const { drawFirstPage } = await import('../pdf-page.ts');
        if (canvas.current === null || stop.signal.aborted) return;
        const facts = await drawFirstPage({ url, headers, canvas: canvas.current, signal: stop.signal });
        if (stop.signal.aborted) return;
        onLook('shown');
        onPdf?.(facts);
      } catch (error) {
        if (!stop.signal.aborted) onLook(error instanceof TooMuch ? 'tooMuch' : 'failed');
      }
    })();
    return () => stop.abort();
  }, [url, headers, onLook, onPdf]);
  return <canvas ref={canvas} className={look === 'shown' ? undefined : css['undrawn']} role="img" aria-label={name} />;
}

/** Before the browser unpacks it. @throws when it is too much, or no picture. */
async function checkSize(picture: Blob): Promise<void> {
  const size = pictureSize(new DataView(await picture.slice(0, headBytes).arrayBuffer()));
  if (size === null) throw new Error('No picture');
  if (size.width * size.height > mostPicturePixels) throw new TooMuch();
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
        const picture = await answer.blob();
        await checkSize(picture);
        made = URL.createObjectURL(picture);
        setAddress(made);
      } catch (error) {
        if (!stop.signal.aborted) onLook(error instanceof TooMuch ? 'tooMuch' : 'failed');
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
      className={look === 'shown' ? undefined : css['undrawn']}
      alt={name}
      onLoad={() => onLook('shown')}
      onError={() => onLook('failed')}
    />
  );
}

type DrawnProps = Pick<Tell, 'onPdf'> & { readonly file: Shown; readonly sourceOf: () => FileSource };

function Drawn({ file, sourceOf, onPdf }: DrawnProps) {
  const { t } = useWords();
  const [look, setLook] = useState<Look>('loading');
  const [source] = useState(sourceOf);
  const Page = file.type === 'pdf' ? PdfPage : ImagePage;
  const name = t('preview.alt', { name: file.name });
  return (
    <>
      {look !== 'failed' && look !== 'tooMuch' && <Page {...source} name={name} look={look} onLook={setLook} onPdf={onPdf} />}
      {look !== 'shown' && (
        <div className={`${css['instead']} ${look === 'loading' ? css['over'] : ''}`} role="status">
          <FileText size={40} aria-hidden />
          <p>{t(`preview.${look}`)}</p>
        </div>
      )}
    </>
  );
}

/** `id`: another one is another file, or the same at another place. */
type FilePreviewProps = Pick<Tell, 'onPdf'> & {
  readonly file: Shown | null;
  readonly id: number | string;
  readonly sourceOf: () => FileSource;
};

export function FilePreview({ file, id, sourceOf, onPdf }: FilePreviewProps) {
  const { t, language } = useWords();
  const [asked, setAsked] = useState(false);
  const drawable = file !== null && isDrawable(file);
  const bytes = file?.size ?? 0;
  const wait = drawable && !isDrawnAtOnce(file) && !asked;
  return (
    <figure className={css['preview']} data-testid="preview">
      {file !== null && drawable && !wait ? (
        <Drawn key={id} file={file} sourceOf={sourceOf} onPdf={onPdf} />
      ) : (
        <div className={css['instead']}>
          {file === null ? <FileQuestion size={40} aria-hidden /> : <FileImage size={40} aria-hidden />}
          <p>{file === null ? t('preview.empty') : wait ? t('preview.large', { size: size(bytes, language) }) : t('preview.none')}</p>
          {file !== null && !wait && <bdi>{file.name}</bdi>}
          {wait && (
            <button type="button" className={buttonCss['button']} onClick={() => setAsked(true)}>
              {t('preview.show')}
            </button>
          )}
        </div>
      )}
    </figure>
  );
}

/** Beside its name, so it says nothing by itself: a stamp of the page, or nothing where it is not drawn without being asked for. */
export function Thumbnail({ job }: { readonly job: Job }) {
  const file = fileToShow(job);
  const frame = useRef<HTMLSpanElement>(null);
  const [inView, setInView] = useState(false);
  useEffect(() => {
    if (frame.current === null) return;
    const watcher = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) setInView(true);
    });
    watcher.observe(frame.current);
    return () => watcher.disconnect();
  }, []);
  return (
    <span ref={frame} className={css['thumbnail']} data-part="thumbnail" aria-hidden>
      {inView && file !== null && isDrawnAtOnce(file) && (
        <FilePreview file={file} id={file.id} sourceOf={() => fileSource(job.id, file.id)} />
      )}
    </span>
  );
}
