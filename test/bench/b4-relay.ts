/** The peer of B4 as a process of its own: bare `ws` that sends what one line says to all others, as it is. Says its port, and ends with its parent. */
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (line) => {
  line.on('message', (text, isBinary) => {
    for (const screen of server.clients) if (screen !== line) screen.send(text, { binary: isBinary });
  });
});
server.once('listening', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : null);
});
process.once('disconnect', () => process.exit(0));
