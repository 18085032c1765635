/**
 * `localhost` is two addresses, and browsers try both. A hub that listens on 127.0.0.1 alone leaves [::1] at its port to any other account of the computer, which
 * would be handed what a browser keeps for http://localhost. So both are ours, where the computer has both.
 */
import type { Server } from 'node:http';
import { createServer, type Server as NetServer } from 'node:net';
import type { Log } from '../log.ts';

const other = '::1';
const noSuchAddress: ReadonlySet<string> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/** What comes in there is served by `server`. Answers null where the address cannot be had; what that leaves open is told. */
export function listenOnOther(server: Server, port: number, log: Log): Promise<NetServer | null> {
  const door = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => server.emit('connection', socket));
  door.maxConnections = server.maxConnections;
  return new Promise((resolve) => {
    door.once('error', ({ code = '' }: NodeJS.ErrnoException) => {
      if (!noSuchAddress.has(code))
        log`Another program holds port ${port} of the address ::1 (${code}): open the page at http://127.0.0.1:${port}, not at localhost.`;
      resolve(null);
    });
    door.listen({ host: other, port }, () => resolve(door));
  });
}
