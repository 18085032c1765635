/** Keeps the screen of a station on, where the browser can: somebody with gloves on, three metres away, wakes nothing up. */
import { useEffect } from 'react';

/** As long as the screen that calls it is shown. A browser lets go of it whenever the page is hidden, or the battery is low: it is asked for again when the page is seen. */
export function useScreenOn(): void {
  useEffect(() => {
    // Only where the page was served securely.
    if (!('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || (lock !== null && !lock.released)) return;
      try {
        lock = await navigator.wakeLock.request('screen');
        if (isOver) await lock.release();
      } catch {
        // It may say no, and then the screen goes dark as it always did.
      }
    };
    const seen = (): void => void ask();
    void ask();
    document.addEventListener('visibilitychange', seen);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', seen);
      void lock?.release().catch(() => undefined);
    };
  }, []);
}
