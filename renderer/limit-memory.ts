/**
 * A limit on what the thread that loads this may ask memory for: a PDF of a megabyte can unpack to any size. Beyond it is refused, and the page is told that
 * this is too much. Everything counts that was asked for, also what is let go again: one thread reads for one page.
 */
import { brokenSign, mostReaderBytes, tooMuchSign } from './too-much.ts';

const send = postMessage.bind(globalThis) as (message: unknown, options?: unknown) => void;
let asked = 0;

function spend(bytes: number): void {
  asked += bytes;
  if (asked <= mostReaderBytes) return;
  send(tooMuchSign);
  throw new RangeError('Too much for a preview');
}

type Kind = { new (...args: never[]): object; readonly BYTES_PER_ELEMENT?: number };

function limited(kind: Kind): Kind {
  return new Proxy(kind, {
    construct(target, args: unknown[], wished) {
      const [what] = args;
      if (typeof what === 'number') spend(what * (kind.BYTES_PER_ELEMENT ?? 1));
      else if (ArrayBuffer.isView(what)) spend(what.byteLength);
      return Reflect.construct(target, args, wished) as object;
    },
  });
}

const kinds = {
  ArrayBuffer,
  Uint8Array,
  Uint8ClampedArray,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
};
for (const [name, kind] of Object.entries(kinds))
  Object.defineProperty(globalThis, name, { value: limited(kind), writable: true, configurable: true });

const Unpack = DecompressionStream;
/** The browser's own unpacking hands out pieces that nobody else counts. */
class LimitedUnpack {
  readonly writable: WritableStream<BufferSource>;
  readonly readable: ReadableStream<Uint8Array>;
  constructor(format: CompressionFormat) {
    const unpack = new Unpack(format);
    this.writable = unpack.writable;
    const count = new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece, to) => {
        spend(piece.byteLength);
        to.enqueue(piece);
      },
    });
    this.readable = unpack.readable.pipeThrough(count);
  }
}
Object.defineProperty(globalThis, 'DecompressionStream', { value: LimitedUnpack, writable: true, configurable: true });

/** What a step of drawing takes in the page, to which the steps are sent as they are found: also a file of a kilobyte can have any number. */
const stepBytes = 200;

type Told = {
  readonly stream?: unknown;
  readonly chunk?: { readonly length?: unknown } | null;
  readonly reason?: { readonly message?: unknown } | null;
};

/** What pdf.js leaves out of a page after a fault in it is not told to whoever draws; so it is told here, before. */
function tellFault(message: Told | null): void {
  const fault = message?.stream === undefined ? undefined : message.reason?.message;
  if (typeof fault === 'string') send(fault.includes('maximum allowed size') ? tooMuchSign : brokenSign);
}

Object.defineProperty(globalThis, 'postMessage', {
  value: (message: Told | null, options?: unknown) => {
    tellFault(message);
    const steps = message?.chunk?.length;
    if (typeof steps === 'number') spend(steps * stepBytes);
    send(message, options);
  },
});
