import { afterAll, it } from 'vitest';
import { connectTo } from '../../../../electron/hub/store/postgres/client.ts';
import { keepContract } from './contract.ts';
import { findPrograms, startServer } from './server.ts';

const programs = await findPrograms();
if (programs === null) {
  it('a real server keeps the contract', (context) => {
    if (process.env['CI'] !== undefined) throw new Error('PostgreSQL is not installed (/usr/lib/postgresql)');
    context.skip('PostgreSQL is not installed (/usr/lib/postgresql)');
  });
} else {
  const server = await startServer(programs);
  afterAll(() => server.remove());
  keepContract(
    'a real server',
    async (schema) => {
      await server.say(`create schema if not exists ${schema}`);
      return connectTo(server.url(schema));
    },
    false,
  );
}
