/** Why a database server is there and gives no session: what no waiting mends, as a sentence for the admin. Pure. */
import { said } from '../../../../shared/words/say.ts';
import { Refusal } from '../../parts.ts';
import { DatabaseTaken, ServerAway } from './client.ts';

const wrongCertificate = /CERT|SIGNATURE|^ERR_TLS|^UNABLE_TO_(?:GET|VERIFY)/;

/** Null where the server cannot be reached, which may pass. */
export function refusedBy(error: unknown): Refusal | null {
  if (!(error instanceof ServerAway) || error instanceof DatabaseTaken) return null;
  const { word, message: raw } = error;
  if (word.startsWith('28')) return new Refusal('CONFLICT', said('refusals.databaseDenied', { raw }));
  if (word === '3D000') return new Refusal('CONFLICT', said('refusals.databaseMissing', { raw }));
  if (wrongCertificate.test(word)) return new Refusal('CONFLICT', said('refusals.databaseCertificate', { raw }));
  return raw.includes('does not support SSL') ? new Refusal('CONFLICT', said('refusals.databaseInClear', { raw })) : null;
}
