/** What a job is found by, gathered from its row and the names of its files; how words are kept and searched is the engine's. */
import { withoutAddresses } from '../../../shared/contact.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import type { AddedJob } from './pending.ts';
import type { Db } from './tables.ts';
import { template } from './template.ts';

const jobWords = template((db, id: number) =>
  db.selectFrom('job').select(['order_no', 'job_no', 'title', 'product', 'customer']).where('id', '=', id),
);
const fileWords = template((db, jobId: number) =>
  db.selectFrom('file').select('name').where('job_id', '=', jobId).where('current', '=', 1),
);

/** Stations search, too: an e-mail address that somebody took for a name cannot be guessed by what is found. */
function customerWords(customer: string | null): string {
  if (customer === null) return '';
  const { name, company } = JSON.parse(customer) as { name?: string; company?: string };
  return [name, company]
    .filter((word) => word !== undefined)
    .map(withoutAddresses)
    .join(' ');
}

type Named = Pick<AddedJob, 'order_no' | 'job_no' | 'title' | 'product' | 'customer' | 'fileNames'>;

/** Writes the words of a job anew. `isNew`: none were written before; `added`: its row, where it is at hand. */
export async function indexJob(db: Db, id: number, isNew: boolean, added?: Named): Promise<void> {
  const [job] = added === undefined ? await jobWords(db, id) : [added];
  if (job === undefined) return;
  const files = added?.fileNames ?? (await fileWords(db, id)).map(({ name }) => name);
  const names = files.map((name) => name.normalize('NFC')).join('\n');
  const number = shownNumber(job.order_no, job.job_no);
  const words = { number, title: job.title, product: job.product ?? '', customer: customerWords(job.customer), files: names };
  await db.dialect.learnWords(db, id, words, isNew);
}
