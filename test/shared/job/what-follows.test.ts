import { describe, expect, it } from 'vitest';
import { rankOf } from '../../../shared/job/rank.ts';
import { statusRules } from '../../../shared/job/table.ts';
import { whatFollows } from '../../../shared/job/what-follows.ts';
import { statusCodes } from '../../../shared/status.ts';

const names = (code: (typeof statusCodes)[number]) => whatFollows(code).map((one) => one.custom ?? one.code);

describe('what follows a status', () => {
  it('is all that ends it, by code or by a name of the shop', () => {
    for (const code of statusCodes)
      expect(names(code), code).toEqual(expect.arrayContaining(statusRules[code].endedBy.filter((end) => end !== 'undo')));
    expect(names('ReadyForCollection')).toEqual(expect.arrayContaining(['Collected', 'Shipped']));
  });

  it('leads an order on to prepress and printer, and each once', () => {
    expect(names('Ordered')).toEqual(expect.arrayContaining(['FutureOrder', 'InArtworking', 'InHotFolder']));
    expect(names('Ordered')).not.toContain('Printed');
    for (const code of statusCodes) expect(new Set(names(code)).size, code).toBe(names(code).length);
  });

  it('is nothing where the way ends, and something ahead everywhere before', () => {
    expect([names('Shipped'), names('JobDataDeleted')]).toEqual([[], []]);
    for (const code of statusCodes) {
      const rank = rankOf(code, null);
      if (rank === null || code === 'Shipped') continue;
      expect(Math.max(...whatFollows(code).map((one) => rankOf(one.code, one.custom) ?? 0)), code).toBeGreaterThan(rank);
    }
  });
});
