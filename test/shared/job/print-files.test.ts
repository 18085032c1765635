import { describe, expect, it } from 'vitest';
import type { DeliveryState } from '../../../shared/delivery.ts';
import { printLines } from '../../../shared/job/print-files.ts';

const file = (id: number, name: string, version = 1, current = true) => ({ id, name, version, current });
const sent = (fileId: number | null, state: DeliveryState) => ({ fileId, state, tries: 1 });
/** What is shown of each file, and what else there is of it. */
const told = (files: ReturnType<typeof file>[], deliveries: ReturnType<typeof sent>[]) =>
  printLines(files, deliveries).map(({ shown, others }) => [
    `${shown.file.id} ${shown.version}/${shown.versions} ${shown.standing}`,
    ...others.map((other) => `${other.file.id} ${other.standing}`),
  ]);

const two = [file(1, 'karte.pdf', 1, false), file(2, 'karte.pdf', 2)];

describe('what is printed of a job', () => {
  it.each([
    ['lies there', 'delivered', '1 1/2 there'],
    ['lies there and is not taken', 'lying', '1 1/2 there'],
    ['may lie there', 'uncertain', '1 1/2 there'],
    ['was taken', 'taken', '1 1/2 had'],
    ['was printed', 'printed', '1 1/2 had'],
  ] as const)('is the first version where that %s and a newer one waits', (_what, state, shown) => {
    expect(told(two, [sent(1, state)])).toEqual([[shown, '2 held']]);
  });
  it.each([
    ['nothing was sent', [], '2 2/2 none'],
    ['the first was cancelled', [sent(1, 'cancelled')], '2 2/2 none'],
    ['the printer refused the first', [sent(1, 'refused')], '2 2/2 none'],
    ['only the newest is on its way', [sent(1, 'cancelled'), sent(2, 'waiting')], '2 2/2 coming'],
    ['the newest was sent after the first was taken', [sent(1, 'taken'), sent(2, 'delivered')], '2 2/2 there'],
    ['what lies there is no file of ours', [sent(null, 'delivered')], '2 2/2 none'],
  ] as const)('is the newest where %s', (_what, deliveries, shown) => {
    expect(told(two, [...deliveries])).toEqual([[shown]]);
  });
  it('stays the first version until the newer one that is on its way lies there, and then names the first that lies there too', () => {
    expect(told(two, [sent(1, 'delivered'), sent(2, 'copying')])).toEqual([['1 1/2 there', '2 coming']]);
    expect(told(two, [sent(1, 'delivered'), sent(2, 'delivered')])).toEqual([['2 2/2 there', '1 there']]);
  });
  it('is told of each file by itself, also where a version has another name', () => {
    const files = [
      file(1, 'Umschlag.pdf', 1, false),
      file(2, 'Inhalt.pdf', 1, false),
      file(3, 'Inhalt v2.pdf', 2),
      file(4, 'Umschlag_rev2.pdf', 2),
    ];
    expect(
      told([...files, file(5, 'Beilage.pdf')], [sent(1, 'delivered'), sent(2, 'taken'), sent(4, 'delivered'), sent(5, 'failed')]),
    ).toEqual([['2 1/2 had', '3 held'], ['4 2/2 there', '1 there'], ['5 1/1 none']]);
    expect(printLines(files, []).map(({ shown: { at, of } }) => `${at}/${of}`)).toEqual(['1/2', '2/2']);
  });
  it('is nothing where there is no file', () => {
    expect(printLines([], [])).toEqual([]);
  });
  it('is found at once for the largest job there may be', () => {
    const files = Array.from({ length: 500 }, (_, at) => [
      file(at, `${'-'.repeat(200)}${at}`, 1, false),
      file(1000 + at, `${'-'.repeat(200)}v${at}`, 2),
    ]);
    const deliveries = Array.from({ length: 4000 }, (_, at) => sent(at % 500, 'delivered'));
    const began = performance.now();
    expect(printLines(files.flat(), deliveries)).toHaveLength(500);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
