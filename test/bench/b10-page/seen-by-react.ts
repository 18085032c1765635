/** What React tells its own tools of each commit; must be loaded before React, by the document. Knows which rows were rendered in the last one, and which of them for no reason. */

type Fiber = {
  readonly elementType: unknown;
  readonly flags: number;
  readonly memoizedProps: Readonly<Record<string, unknown>>;
  readonly alternate: Fiber | null;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
};

export type RenderedRow = {
  readonly id: number;
  /** Its place, or something else it was given, is another than before; null before: it came into view. */
  readonly givenOther: boolean;
};

const performedWork = 1;
let row: unknown = null;
let before = new Map<number, Fiber>();
let told: (rows: readonly RenderedRow[]) => void = () => undefined;

function* rowsBelow(fiber: Fiber | null): Generator<Fiber> {
  for (let at = fiber; at !== null; at = at.sibling) {
    if (at.elementType === row) yield at;
    else yield* rowsBelow(at.child);
  }
}

function isGivenOther({ memoizedProps: now, alternate }: Fiber, seen: boolean): boolean {
  if (!seen || alternate === null) return true;
  return Object.keys(now).some((name) => now[name] !== alternate.memoizedProps[name]);
}

function look(_: number, root: { readonly current: Fiber }): void {
  if (row === null) return;
  const rows = [...rowsBelow(root.current.child)].map((fiber) => [Number(fiber.memoizedProps['id']), fiber] as const);
  // One that was not looked at in this commit is the very same object as in the last
  const rendered = rows.filter(([id, fiber]) => before.get(id) !== fiber && (fiber.flags & performedWork) !== 0);
  told(rendered.map(([id, fiber]) => ({ id, givenOther: isGivenOther(fiber, before.has(id)) })));
  before = new Map(rows);
}

Object.defineProperty(globalThis, '__REACT_DEVTOOLS_GLOBAL_HOOK__', {
  value: {
    supportsFiber: true,
    isDisabled: false,
    renderers: new Map(),
    inject: () => 1,
    checkDCE: () => undefined,
    onCommitFiberRoot: look,
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
  },
});

/** From now on each commit is told; `rowType`: the component that is a row. */
export function watchRows(rowType: unknown, hear: (rows: readonly RenderedRow[]) => void): void {
  row = rowType;
  told = hear;
}
