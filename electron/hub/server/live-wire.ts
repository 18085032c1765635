/**
 * A push as it leaves on the lines of the screens: made into bytes once for all who are shown the same. Written here is the one message that oRPC would else make for
 * each screen by itself; how the stream begins, ends and fails stays with oRPC.
 */
import type { Live } from '../../../shared/api.ts';
import type { CallContext } from './procedures.ts';

const encoded = new WeakMap<Live, Buffer>();

/** The push, and the end of its message. */
export function encodePush(push: Live): Buffer {
  const known = encoded.get(push);
  if (known !== undefined) return known;
  const made = Buffer.from(`${JSON.stringify(push)}}}}`);
  encoded.set(push, made);
  return made;
}

/** The beginning of the message of a push, for who asked for them by a call of this id. */
export function beginPush(callId: string): string {
  return `{"i":${JSON.stringify(callId)},"t":3,"p":{"e":"message","d":{"json":`;
}

type Call<Output> = { readonly path: readonly string[]; readonly context: CallContext; next(): Promise<Output> };

/** Pushes go to the transport past oRPC, where it has a way of its own for them: what oRPC sees is a stream that says nothing until it ends. */
export async function tellPushes<Output>({ next, path, context }: Call<Output>): Promise<Output> {
  const output = await next();
  return path.join('.') === 'live' ? (toldBy(context.tell, output as AsyncIterable<Live>) as Output) : output;
}

async function* toldBy(tell: CallContext['tell'], pushes: AsyncIterable<Live>): AsyncGenerator<Live> {
  for await (const push of pushes)
    if (tell === undefined) yield push;
    else await tell(push);
}
