/** The help file, made by the hub and saved where this browser saves what is loaded down. */
import { hub } from './client.ts';

const answerWithinMs = 20_000;

/** With the history of this job, where one is open. Throws when the hub does not give it. */
export async function saveHelpFile(jobId: number | null): Promise<void> {
  const file = await hub().helpFile(jobId === null ? {} : { job: jobId }, { signal: AbortSignal.timeout(answerWithinMs) });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }));
  link.download = `printfloor-help-${file.madeAt.slice(0, 16).replace(':', '-')}.json`;
  link.click();
  // The browser has it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
