/** What a line may say: one call, or the wish to end one. Anything else is no frame of ours, and whoever sends it is not spoken with. Pure. */
import { z } from 'zod';
import { tooMuchJson } from '../../../shared/json-size.ts';
import { mostJson } from './json-body.ts';

/** Headers that would make a body something else than the JSON it is. */
const shapesBody = (headers: object): boolean => Object.keys(headers).some((name) => /^content-/i.test(name));

const call = z.object({
  i: z.string().max(100),
  t: z.literal(1).optional(),
  p: z.object({
    u: z
      .string()
      .max(8000)
      .refine((url) => /^\/(?!\/)/.test(url) && URL.canParse(url, 'http://hub')),
    m: z.string().max(10).optional(),
    h: z
      .record(z.string().max(100), z.string().max(8000))
      .refine((headers) => !shapesBody(headers))
      .optional(),
    b: z.unknown().optional(),
  }),
});
const end = z.object({ i: z.string().max(100), t: z.literal(4), p: z.unknown().optional() });
const frame = z.union([call, end]);

/** `id`: what its sender calls the call by. */
export type Frame = { readonly kind: 'call' | 'end'; readonly id: string; readonly text: string };

/** `data` as it came; null for what is no frame. */
export function readFrame(data: unknown): Frame | null {
  if (typeof data !== 'string' || tooMuchJson(data, mostJson) !== null) return null;
  try {
    const read = frame.safeParse(JSON.parse(data));
    return read.success ? { kind: read.data.t === 4 ? 'end' : 'call', id: read.data.i, text: data } : null;
  } catch {
    return null;
  }
}
