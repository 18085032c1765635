/**
 * How long the loop of this process stood still: the longest stretch of work between two of its turns. Counted is the time the thread itself worked, so
 * that a busy machine is nobody's fault; what waits without working (a call that blocks) is seen only where the whole machine is idle.
 */
export type LoopWatch = { readonly stop: () => { readonly longestMs: number; readonly turns: number } };

/**
 * Whatever comes in, everybody else is heard within 50 ms (README). Three times that is asked of a test: a processor that others use as well does less in its time. What
 * these attacks did before was ten times that and more.
 */
export const longestStopMs = 150;

/** `onLongest`: told each time it stood longer than ever before, ms. */
export function watchLoop(onLongest: (stoodMs: number) => void = () => undefined): LoopWatch {
  let longestMs = 0;
  let turns = 0;
  let last = process.threadCpuUsage();
  const look = (): void => {
    const { user, system } = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    const stoodMs = (user + system) / 1000;
    if (stoodMs > longestMs) {
      longestMs = stoodMs;
      onLongest(stoodMs);
    }
    turns += 1;
  };
  const timer = setInterval(look, 1).unref();
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return { longestMs, turns };
    },
  };
}
