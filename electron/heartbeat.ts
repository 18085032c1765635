/**
 * Watches over a process that answers each beat: one that lets many in a row go by hangs. They are counted and not timed, so that a computer that slept for a night,
 * or a main process that was held up itself, has missed none.
 */
const everyMs = 2000;
/** A disk that is slow to flush holds the hub up for seconds; nothing holds up one that is well for so long. */
const mostMissed = 30;

export type Heartbeat = { heard(): void; stop(): void };

/** Beats until it is stopped, or until `onSilence` was called, once. */
export function watchHeart(beat: () => void, onSilence: () => void): Heartbeat {
  let missed = 0;
  const timer = setInterval(() => {
    if (missed < mostMissed) {
      missed += 1;
      beat();
      return;
    }
    clearInterval(timer);
    onSilence();
  }, everyMs);
  return {
    heard() {
      missed = 0;
    },
    stop() {
      clearInterval(timer);
    },
  };
}
