/**
 * Where wishes are kept: IndexedDB of this browser, all windows of it together. Promises that what `put` has resolved for is on the disk. Everything here may
 * fail, since a browser may refuse it, be full or hang: whoever calls tells it.
 */
const databaseName = 'printfloor.wishes';
const storeName = 'wishes';
/** A database that does not answer is as good as none: what is meant is sent all the same. */
const answersWithinMs = 3000;
/** More entries than any person made; more is garbage. */
const mostRead = 2000;

let opening: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: 'actionId' });
    request.onerror = () => fail(request.error ?? new Error('The browser keeps nothing'));
    request.onsuccess = () => {
      const database = request.result;
      const forget = (): void => {
        opening = null;
      };
      // A later version of the page, in another window, must not wait for this one.
      database.onversionchange = () => {
        database.close();
        forget();
      };
      database.onclose = forget;
      done(database);
    };
  });
  opening.catch(() => {
    opening = null;
  });
  return opening;
}

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`The browser has kept nothing for ${answersWithinMs} ms`)), answersWithinMs);
    work.then(done, fail).finally(() => clearTimeout(timer));
  });
}

/** One transaction; resolves with what `work` has set when it is complete, and on the disk where it is `strict`. */
async function transact<Result>(
  mode: IDBTransactionMode,
  durability: IDBTransactionDurability,
  work: (store: IDBObjectStore, set: (result: Result) => void) => void,
  nothing: Result,
): Promise<Result> {
  const database = await open();
  return new Promise((done, fail) => {
    let result = nothing;
    const transaction = database.transaction(storeName, mode, { durability });
    transaction.oncomplete = () => done(result);
    transaction.onabort = () => fail(transaction.error ?? new Error('The browser has kept nothing'));
    work(transaction.objectStore(storeName), (set) => {
      result = set;
    });
  });
}

/** Keeps it, in place of what has its action id. */
export function put(entry: { readonly actionId: string }): Promise<void> {
  return inTime(transact<void>('readwrite', 'strict', (store) => void store.put(entry), undefined));
}

/** Everything that is kept, whatever it is. */
export function readAll(): Promise<readonly unknown[]> {
  return inTime(
    transact<readonly unknown[]>(
      'readonly',
      'default',
      (store, set) => {
        const request = store.getAll(null, mostRead);
        request.onsuccess = () => set(request.result);
      },
      [],
    ),
  );
}

/** Puts what `change` makes of the entry in its place, or removes it where that is null; false where there is none, or `change` answers undefined. */
export function change(
  actionId: string,
  durability: IDBTransactionDurability,
  to: (entry: unknown) => { readonly actionId: string } | null | undefined,
): Promise<boolean> {
  return inTime(
    transact<boolean>(
      'readwrite',
      durability,
      (store, set) => {
        const request: IDBRequest<unknown> = store.get(actionId);
        request.onsuccess = () => {
          const after = request.result === undefined ? undefined : to(request.result);
          if (after === undefined) return;
          if (after === null) store.delete(actionId);
          else store.put(after);
          set(true);
        };
      },
      false,
    ),
  );
}
