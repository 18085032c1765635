import { afterAll } from 'vitest';
import { keepContract } from './contract.ts';
import { startInProcess } from './pglite.ts';

const database = await startInProcess();
afterAll(() => database.end());

keepContract('PostgreSQL in this process', async (schema) => database.connectTo(schema), true);
