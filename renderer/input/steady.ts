/** What is shown in one place may change by itself just before a tap: whoever is on the way there means what stood there before. */
import { useEffect, useState } from 'react';

/** So long nothing that could be hit by mistake is taken; ms. Somebody who sees the change needs longer to read it. */
const restMs = 1000;

/** Has this been shown here long enough to be tapped? `shown`: what is in the place, as a key. */
export function useSteady(shown: string): boolean {
  const [steady, setSteady] = useState(shown);
  useEffect(() => {
    if (steady === shown) return;
    const timer = setTimeout(() => setSteady(shown), restMs);
    return () => clearTimeout(timer);
  }, [shown, steady]);
  return steady === shown;
}
