/** Draws the first page of a PDF. Loaded only when one is to be shown; pdf.js parses in its own worker and runs no script of the file. */
import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;
const resources = new URL('pdf/', document.baseURI).href;

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
 * answers ranges. Answers how many pages there are. Throws when the file cannot be read or the signal ends it.
 */
export function drawFirstPage(drawing: Drawing): Promise<number> {
  return new Promise((resolve, reject) => {
    waiting.push({ area: areaOf(drawing), start: () => draw(drawing).then(resolve, reject) });
    void drawWaiting();
  });
}

async function draw({ url, headers, canvas, signal }: Drawing): Promise<number> {
  signal.throwIfAborted();
  const task = getDocument({
    url,
    httpHeaders: headers,
    cMapUrl: `${resources}cmaps/`,
    standardFontDataUrl: `${resources}standard_fonts/`,
    wasmUrl: `${resources}wasm/`,
    iccUrl: `${resources}iccs/`,
    // WebAssembly and eval are not allowed by the content security policy.
    useWasm: false,
    enableXfa: false,
    disableAutoFetch: true,
    verbosity: 0,
  });
  const end = (): void => void task.destroy();
  signal.addEventListener('abort', end, { once: true });
  try {
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
    return file.numPages;
  } finally {
    signal.removeEventListener('abort', end);
    await task.destroy();
  }
}
