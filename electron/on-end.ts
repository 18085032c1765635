/** Notices that this program should end: a signal, a closed terminal, or the death of whoever started it. Says so once; ends nothing itself. */

const lookEveryMs = 500;

/** Calls `end` once, at the first sign, with the sign in words. */
export function onEnd(end: (why: string) => void): void {
  // npm passes on what the terminal already sent to the whole group: later signs of the same end change nothing.
  let told = false;
  const tell = (why: string): void => {
    if (!told) end(why);
    told = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => tell(signal));
  process.on('disconnect', () => tell('its parent ended'));
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => tell('nobody reads what it says'));
  // A signal may end npm or its shell and never get here. Started in other ways, outliving the parent may be meant (nohup, a service).
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) tell('npm ended');
  }, lookEveryMs);
  watch.unref();
}
