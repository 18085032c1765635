/**
 * Draws the first page of a PDF. Loaded only when one is to be shown; pdf.js parses in a thread of its own, draws in another, and runs no script of the file. Promises:
 * time, memory and pixels of a drawing are limited, the screen goes on meanwhile, and a page that is too much is told as such (TooMuch), not drawn in part.
 */
import { GlobalWorkerOptions, getDocument, type PDFDocumentLoadingTask, PDFWorker } from 'pdfjs-dist';
import { brokenSign, mostDrawingMs, mostPicturePixels, TooMuch, tooMuchSign } from './too-much.ts';

const resources = new URL('pdf/', document.baseURI).href;

/** Of the whole file, and of its first page in millimetres as it is turned. */
export type PdfFacts = { readonly pages: number; readonly widthMm: number; readonly heightMm: number };

const mmOfPoint = 25.4 / 72;

type Drawing = {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly canvas: HTMLCanvasElement;
  readonly signal: AbortSignal;
};

/** A file that does not come keeps the others waiting no longer than this. */
const longestTurnMs = 10_000;
/** `start` never rejects. */
type Waiting = { readonly area: number; readonly start: () => Promise<void> };
const waiting: Waiting[] = [];
let busy = false;

function areaOf({ canvas }: Drawing): number {
  const { width = 0, height = 0 } = canvas.parentElement?.getBoundingClientRect() ?? {};
  return width * height;
}

function takeLargest(): Waiting | undefined {
  const largest = Math.max(...waiting.map(({ area }) => area));
  const at = waiting.findIndex(({ area }) => area === largest);
  return at < 0 ? undefined : waiting.splice(at, 1)[0];
}

/** One page after the other, the largest first: each drawing is a worker of its own, and eleven at once are too much for an old PC. */
async function drawWaiting(): Promise<void> {
  if (busy) return;
  busy = true;
  // What comes into view together is asked for before the first is drawn.
  await new Promise((resolve) => setTimeout(resolve));
  for (let next = takeLargest(); next !== undefined; next = takeLargest())
    await Promise.race([next.start(), new Promise((resolve) => setTimeout(resolve, longestTurnMs))]);
  busy = false;
}

/**
 * Draws as large as the canvas's box allows. Only the pieces of the file the first page needs are fetched, where the hub
 * answers ranges. @throws TooMuch; any other error when the file cannot be read or the signal ends it.
 */
export function drawFirstPage(drawing: Drawing): Promise<PdfFacts> {
  return new Promise((resolve, reject) => {
    waiting.push({ area: areaOf(drawing), start: () => draw(drawing).then(resolve, reject) });
    void drawWaiting();
  });
}

/** The canvas is given to nobody who draws: what is drawn in the other thread is only put on it, so that nothing is drawn here should that thread be lost. */
class OnlyPictures {
  getNoAlphaContext(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: false });
    return { drawImage: (picture: ImageBitmap, x: number, y: number): void => context?.drawImage(picture, x, y) };
  }
  create(): never {
    throw new TooMuch();
  }
}

type Threads = { readonly reader: Worker; readonly drawer: Worker };

/** `strict`: what cannot be read in the file ends the drawing, and so does a picture that is too large, which would be left out in silence otherwise. */
function startReading({ reader, drawer }: Threads, { url, headers }: Drawing, strict: boolean): PDFDocumentLoadingTask {
  const worker = PDFWorker.create({ port: reader });
  // Taken at once by what is started next
  GlobalWorkerOptions.rendererPorts = [drawer];
  return getDocument({
    url,
    httpHeaders: headers,
    worker,
    cMapUrl: `${resources}cmaps/`,
    standardFontDataUrl: `${resources}standard_fonts/`,
    wasmUrl: `${resources}wasm/`,
    iccUrl: `${resources}iccs/`,
    // WebAssembly and eval are not allowed by the content security policy.
    useWasm: false,
    enableXfa: false,
    disableAutoFetch: true,
    verbosity: 0,
    stopAtErrors: strict,
    maxImageSize: strict ? mostPicturePixels : -1,
    // The browser's own would take memory that nobody counts
    ...(strict ? {} : { isImageDecoderSupported: false }),
    CanvasFactory: OnlyPictures,
  });
}

async function drawOn(canvas: HTMLCanvasElement, task: PDFDocumentLoadingTask): Promise<PdfFacts> {
  const file = await task.promise;
  const page = await file.getPage(1);
  const box = canvas.parentElement?.getBoundingClientRect();
  const natural = page.getViewport({ scale: 1 });
  const fit = Math.min((box?.width ?? 600) / natural.width, (box?.height ?? 600) / natural.height);
  const viewport = page.getViewport({
    scale: Math.min(fit * 0.94 * Math.min(devicePixelRatio, 2), 4000 / Math.max(natural.width, natural.height)),
  });
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  canvas.style.width = `${canvas.width / Math.min(devicePixelRatio, 2)}px`;
  await page.render({ canvas, viewport }).promise;
  return { pages: file.numPages, widthMm: natural.width * mmOfPoint, heightMm: natural.height * mmOfPoint };
}

/** One drawing, read and drawn in threads of its own, which end with it, however busy they are. */
async function drawOnce(drawing: Drawing, strict: boolean, leftMs: number): Promise<PdfFacts> {
  const { signal, canvas } = drawing;
  signal.throwIfAborted();
  const threads: Threads = {
    reader: new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' }),
    drawer: new Worker(new URL('./pdf-drawer.ts', import.meta.url), { type: 'module' }),
  };
  const ended = Promise.withResolvers<never>();
  const end = (): void => ended.reject(signal.reason);
  const timer = setTimeout(() => ended.reject(new TooMuch()), leftMs);
  signal.addEventListener('abort', end, { once: true });
  for (const thread of Object.values(threads))
    thread.addEventListener('message', ({ data }) => {
      if (data === tooMuchSign) ended.reject(new TooMuch());
      if (data === brokenSign && strict) ended.reject(new Error('Something in it is broken'));
    });
  const task = startReading(threads, drawing, strict);
  try {
    return await Promise.race([drawOn(canvas, task), ended.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    // Not waited for: a reader that is busy for ever never says that it has ended
    void task.destroy().catch(() => undefined);
    for (const thread of Object.values(threads)) thread.terminate();
  }
}

async function draw(drawing: Drawing): Promise<PdfFacts> {
  const until = performance.now() + mostDrawingMs;
  try {
    return await drawOnce(drawing, true, mostDrawingMs);
  } catch (error) {
    drawing.signal.throwIfAborted();
    if (error instanceof TooMuch) throw error;
    // Something in it is broken: what can be drawn of it is better than nothing
    return await drawOnce(drawing, false, until - performance.now());
  }
}
