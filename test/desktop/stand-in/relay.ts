/** Between the stand-in's main process and a utility process: a message, or what was said on a port that lives there. */
export type Relayed =
  | { readonly kind: 'post'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown };
