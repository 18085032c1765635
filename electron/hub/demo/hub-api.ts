/** How the demo speaks with the hub: plain HTTP with a token, the answer checked against the contract's own schema. */
import type { z } from 'zod';

export type Ask = <Shape extends z.ZodType>(
  schema: Shape,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
) => Promise<z.output<Shape>>;

/** `path` begins below /api. Throws an Error with the hub's own sentence when it refuses. */
export function connectHub(url: string, token: string): Ask {
  return async (schema, method, path, body) => {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
    return schema.parse(JSON.parse(text));
  };
}
