/** Counts what strangers do wrong, and says it in the log at most once a minute a kind: whoever floods us cannot fill the log. */
import type { Log } from '../log.ts';

const saidEveryMs = 60_000;

export type Tally = {
  /** `what`: a few words of ours, never a sender's. */
  count(what: string): void;
  stop(): void;
};

export function makeTally(log: Log): Tally {
  const counted = new Map<string, { times: number; readonly timer: NodeJS.Timeout }>();
  const say = (what: string): void => {
    const { times = 0, timer } = counted.get(what) ?? {};
    clearTimeout(timer);
    counted.delete(what);
    if (times > 0) log`${times} times in the last minute: ${what}`;
  };
  return {
    count(what) {
      const known = counted.get(what);
      if (known !== undefined) {
        known.times += 1;
        return;
      }
      log`Refused: ${what}`;
      counted.set(what, { times: 0, timer: setTimeout(() => say(what), saidEveryMs).unref() });
    },
    stop() {
      for (const what of [...counted.keys()]) say(what);
    },
  };
}
