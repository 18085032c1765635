/** Lets the tests run a function inside the stand-in's main process (a test double), as Playwright does with the real one. */

export type Asked = { readonly id: number; readonly source: string; readonly arg: unknown };
export type Answered = { readonly id: number; readonly result?: unknown; readonly error?: string };

export function answerTests(electron: object): void {
  const send = (answer: Answered): void => void process.send?.(answer, undefined, undefined, () => undefined);
  process.on('message', ({ id, source, arg }: Asked) => {
    // biome-ignore lint/security/noGlobalEval: the source is that of a function in a test
    const run = globalThis.eval(`(${source})`) as (main: object, arg: unknown) => unknown;
    Promise.resolve()
      .then(() => run(electron, arg))
      .then(
        (result) => send({ id, result }),
        (error: unknown) => send({ id, error: String(error) }),
      );
  });
}
