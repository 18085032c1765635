/** Does the address of a database let whoever listens on the network read along? Pure. */
import { loopbackNames } from '../../../../shared/loopback.ts';

/** Of these the driver checks the certificate of the server, and with it that nobody stands between. */
const checked: ReadonlySet<string | null> = new Set(['require', 'verify-ca', 'verify-full']);

/** At first such an address works only where it says so itself (`sslmode=disable`), since a network may be closed or encrypted by other means. */
export function isReadAlong(url: string): boolean {
  const address = URL.parse(url);
  if (address === null) return false;
  const { hostname, searchParams } = address;
  // The driver goes where the parameter says, whatever stands before the path
  const host = searchParams.get('host') ?? hostname;
  const isHere = host === '' || loopbackNames.includes(host) || host.startsWith('/');
  return !isHere && (!checked.has(searchParams.get('sslmode')) || searchParams.get('uselibpqcompat') === 'true');
}

/** Was that chosen? Whoever left it out may not have thought of it. */
export function saysOpenly(url: string): boolean {
  const mode = URL.parse(url)?.searchParams.get('sslmode') ?? null;
  return mode !== null;
}
