/**
 * Parts of the page that are loaded when they are wanted; and all of them when nothing else is to do, so that a line which is lost later opens every screen all
 * the same. One that cannot be had says so in its own place and is tried again; where the hub has another page by now, that is loaded instead.
 */
import { type ComponentType, useEffect } from 'react';
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { floor } from './floor/floor.ts';
import { MissingPart } from './parts/missing-part.tsx';
import shapeCss from './parts/shape.module.css';
import { SheetBox } from './parts/sheet-box.tsx';
import { useWords, type WordKey } from './words/words.ts';

type State<Props> = { readonly loaded: ComponentType<Props> | null; readonly failed: boolean };
/** What a sheet over the screen is called. */
type SheetName = Extract<WordKey, 'palette.title' | 'keys.title'>;
type LaterPart<Props> = {
  readonly useState: UseBoundStore<StoreApi<State<Props>>>;
  /** Answers whether it is there, and never throws. */
  readonly load: () => Promise<boolean>;
  readonly sheet: SheetName | null;
};

const all: (() => Promise<boolean>)[] = [];

/** `sheet`: where it stands over the screen; until it is there it is a sheet all the same, and closes like one. */
export function later<Props>(fetch: () => Promise<ComponentType<Props>>, sheet: SheetName | null = null): LaterPart<Props> {
  const useState = create<State<Props>>(() => ({ loaded: null, failed: false }));
  let coming: Promise<boolean> | null = null;
  const get = async (): Promise<boolean> => {
    try {
      useState.setState({ loaded: await fetch(), failed: false });
      return true;
    } catch {
      useState.setState({ failed: true });
      return false;
    } finally {
      coming = null;
    }
  };
  const load = async (): Promise<boolean> => {
    if (useState.getState().loaded !== null) return true;
    coming ??= get();
    return await coming;
  };
  all.push(load);
  return { useState, load, sheet };
}

function Coming() {
  const { t } = useWords();
  return <span className={shapeCss['shape']} style={{ height: 360 }} role="status" aria-label={t('app.loading')} />;
}

/** The part with these properties, or what is to be said as long as it is not there. */
export function Later<Props extends object>({ part, ...props }: { readonly part: LaterPart<Props> } & Props) {
  const { useState, load, sheet } = part;
  const { loaded: Loaded, failed } = useState();
  const { t } = useWords();
  useEffect(() => void load(), [load]);
  // What is left without `part` is what the part takes; the compiler cannot see that of a type it does not know.
  if (Loaded !== null) return <Loaded {...(props as unknown as Props)} />;
  const meanwhile = failed ? <MissingPart retry={load} /> : <Coming />;
  return sheet === null ? meanwhile : <SheetBox label={t(sheet)}>{meanwhile}</SheetBox>;
}

/** Not every browser tells when it has nothing to do. */
function whenIdle(): Promise<void> {
  return new Promise((done) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => done(), { timeout: 10_000 });
    else setTimeout(done, 1000);
  });
}

let loading = false;

async function loadRest(): Promise<void> {
  if (loading) return;
  loading = true;
  for (const load of all) {
    await whenIdle();
    // Where the line is lost the rest waits for it too.
    if (!(await load())) break;
  }
  loading = false;
}

/** Starts once; goes on with each new line to the hub. */
export function loadRestWhenIdle(): void {
  const isOnline = ({ connection }: ReturnType<typeof floor.getState>): boolean => connection.kind === 'online';
  if (isOnline(floor.getState())) void loadRest();
  floor.subscribe((now, before) => {
    if (isOnline(now) && !isOnline(before)) void loadRest();
  });
}
