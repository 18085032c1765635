/** The 59 statuses in the words of whoever asks. What they mean, and what follows, is said by the tables; the record says how many jobs are there. */
import type { StatusTold } from '../../../shared/api.ts';
import { whatFollows } from '../../../shared/job/what-follows.ts';
import { type StatusCode, statusCodes, statusEntry, statusWords } from '../../../shared/status.ts';
import { type Language, say } from '../../../shared/words/say.ts';
import { guarded } from './procedures.ts';
import type { RouterParts } from './router.ts';

function tell(code: StatusCode, language: Language, jobs: number): StatusTold {
  const { track, stage, who } = statusEntry(code);
  const next = whatFollows(code).map((one) => ({ ...one, name: statusWords(one.code, one.custom, language) }));
  return { code, track, stage, who, name: statusWords(code, null, language), meaning: say(language, `guide.${code}`), next, jobs };
}

export function answerGuide({ store }: RouterParts) {
  const { statuses } = guarded;
  return {
    statuses: {
      list: statuses.list.handler(async ({ context }) => {
        const jobs = await store.read.statusCounts();
        return { items: statusCodes.map((code) => tell(code, context.language, jobs.get(code) ?? 0)) };
      }),
    },
  };
}
