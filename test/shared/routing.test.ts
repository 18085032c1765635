import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rule, ruleSchema } from '../../shared/hot-folder.ts';
import { chooseHotFolder, neverReached, placeOfNew, type RoutedJob } from '../../shared/routing.ts';

const flyer: RoutedJob = {
  product: 'Flyer A5',
  quantity: 500,
  attributes: { Size: 'A5', material: 'Gloss 135 g', finish: 'none' },
  customer: { name: 'Ada Byron', company: 'Engine & Co' },
};

function rule(id: number, conditions: Rule['conditions'], hotFolderId: number | null = id, position = id): Rule {
  return ruleSchema.parse({ id, name: `Rule ${id}`, position, conditions, hotFolderId });
}

function decides(conditions: Rule['conditions'], job: RoutedJob = flyer, type = 'pdf'): boolean {
  return chooseHotFolder([rule(1, conditions)], job, type).kind === 'hotFolder';
}

describe('one condition', () => {
  it.each<[Rule['conditions'], boolean]>([
    [{}, true],
    [{ product: ['flyer a5'] }, true],
    [{ product: ['Flyer'] }, false],
    [{ product: ['poster*', 'FLYER*'] }, true],
    [{ product: ['*a5'] }, true],
    [{ product: ['f*r*5'] }, true],
    [{ product: ['*'] }, true],
    [{ product: [] }, true],
    [{ product: ['Flyer A5*A5'] }, false],
    [{ product: ['Flyer.A5'] }, false],
    [{ size: ['a4', 'a5'] }, true],
    [{ material: ['gloss*'] }, true],
    [{ quantityFrom: 500 }, true],
    [{ quantityFrom: 501 }, false],
    [{ quantityTo: 500 }, true],
    [{ quantityTo: 499 }, false],
    [{ customer: ['ada byron'] }, true],
    [{ customer: ['engine*'] }, true],
    [{ customer: ['Byron'] }, false],
    [{ attribute: { name: 'FINISH', values: ['none'] } }, true],
    [{ attribute: { name: 'lamination', values: ['*'] } }, false],
    [{ type: ['pdf'] }, true],
    [{ type: ['tif', 'tiff'] }, false],
    [{ product: ['flyer*'], quantityTo: 100 }, false],
  ])('%j holds: %s', (conditions, expected) => {
    expect(decides(conditions)).toBe(expected);
  });

  it('does not hold on what the job does not have', () => {
    const bare: RoutedJob = { product: null, quantity: null, attributes: {}, customer: null };
    for (const conditions of [
      { product: ['*'] },
      { size: ['*'] },
      { material: ['*'] },
      { quantityFrom: 1 },
      { quantityTo: 1000 },
      { customer: ['*'] },
      { attribute: { name: 'x', values: ['*'] } },
    ])
      expect(decides(conditions, bare), JSON.stringify(conditions)).toBe(false);
    expect(decides({}, bare)).toBe(true);
  });

  it('many stars cost no more than many letters', () => {
    expect(decides({ product: ['*a'.repeat(99)] }, { ...flyer, product: `${'a'.repeat(198)}b` })).toBe(false);
  });
});

describe('the rules in order', () => {
  it('the lowest position that fits decides, then the lower id', () => {
    const rules = [rule(3, {}, 30, 5), rule(1, { product: ['Poster'] }, 10, 1), rule(4, {}, 40, 2), rule(2, {}, 20, 5)];
    expect(chooseHotFolder(rules, flyer, 'pdf')).toEqual({ kind: 'hotFolder', hotFolderId: 40, rule: rules[2] });
    expect(
      chooseHotFolder(
        rules.filter(({ id }) => id !== 4),
        flyer,
        'pdf',
      ),
    ).toMatchObject({ hotFolderId: 20 });
  });

  it('a rule may say: no hot folder', () => {
    const outside = rule(1, {}, null);
    expect(chooseHotFolder([outside, rule(2, {})], flyer, 'pdf')).toEqual({ kind: 'skip', rule: outside });
  });

  it('never guesses', () => {
    expect(chooseHotFolder([rule(1, { product: ['Poster'] })], flyer, 'pdf')).toEqual({ kind: 'none' });
    expect(chooseHotFolder([], flyer, 'pdf')).toEqual({ kind: 'none' });
  });

  it('decides the same in whatever order the rules are handed over, and by the first that fits', () => {
    const conditions = fc.record(
      { product: fc.subarray(['flyer*', 'Poster', '*5']), quantityFrom: fc.integer({ min: 1, max: 1000 }) },
      { requiredKeys: [] },
    );
    const someRules = fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 1, max: 99 }), position: fc.integer({ min: 0, max: 5 }), conditions }),
      { selector: ({ id }) => id, maxLength: 8 },
    );
    fc.assert(
      fc.property(someRules, (drafts) => {
        const rules = drafts.map((draft) => rule(draft.id, draft.conditions, draft.id, draft.position));
        const route = chooseHotFolder(rules, flyer, 'pdf');
        expect(chooseHotFolder(rules.toReversed(), flyer, 'pdf')).toEqual(route);
        const fitting = rules.filter((one) => decides(one.conditions));
        const [first] = fitting.toSorted((a, b) => a.position - b.position || a.id - b.id);
        expect(route.kind === 'none' ? undefined : route.rule).toEqual(first);
      }),
    );
  });
});

describe('a rule without a place', () => {
  const rule = (id: number, position: number, conditions = {}) => ({ id, position, conditions });
  it('goes behind the others, and before those at the end that take every job', () => {
    expect(placeOfNew([], { product: ['Flyer*'] })).toBe(1);
    expect(placeOfNew([rule(1, 1)], { product: ['Flyer*'] })).toBe(1);
    expect(placeOfNew([rule(1, 1, { type: ['tif'] }), rule(2, 5), rule(3, 7, { product: [] })], { product: ['Flyer*'] })).toBe(5);
    expect(placeOfNew([rule(1, 1), rule(2, 3, { type: ['tif'] })], { product: ['Flyer*'] })).toBe(4);
    expect(placeOfNew([rule(1, 1)], {})).toBe(2);
  });
});

describe('a rule to which no job ever comes', () => {
  const never = (...rules: Rule['conditions'][]): number[] => [
    ...neverReached(rules.map((conditions, at) => rule(at + 1, conditions))).keys(),
  ];

  it('is told where an earlier one takes all of its jobs', () => {
    expect(never({}, { product: ['Digital'] })).toEqual([2]);
    expect(never({ product: ['Digital'] }, {})).toEqual([]);
    expect(never({ product: ['flyer*'] }, { product: ['Flyer A5', 'Flyer A6*'] })).toEqual([2]);
    expect(never({ product: ['flyer*'] }, { product: ['Flyer A5', 'Poster'] })).toEqual([]);
    expect(never({ size: ['A5'] }, { attribute: { name: 'SIZE', values: ['a5'] }, quantityTo: 10 })).toEqual([2]);
    expect(never({ quantityFrom: 100 }, { quantityFrom: 500 }, { quantityFrom: 50 }, { quantityTo: 500 })).toEqual([2]);
    expect(never({ type: ['pdf', 'tif'] }, { type: ['pdf'] }, { type: ['jpg'] })).toEqual([2]);
    expect(neverReached([rule(1, { product: ['Digital'] }, 1, 9), rule(2, {}, 2, 3)]).get(1)?.id).toBe(2);
  });

  const texts = ['flyer', 'flyer a5', 'a5', 'poster'];
  const pattern = fc.constantFrom(...texts, '*', 'flyer*', '*a5', 'f*5', 'Flyer*');
  const some = fc.array(pattern, { maxLength: 2 });
  const conditions = fc.record(
    {
      product: some,
      size: some,
      customer: some,
      attribute: fc.record({ name: fc.constantFrom('size', 'Fold'), values: some }),
      quantityFrom: fc.integer({ min: 1, max: 4 }),
      quantityTo: fc.integer({ min: 1, max: 4 }),
      type: fc.array(fc.constantFrom('pdf', 'tif'), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );
  const text = fc.constantFrom(...texts);
  const job = fc.record({
    product: fc.option(text),
    quantity: fc.option(fc.integer({ min: 1, max: 5 })),
    attributes: fc.record({ size: text, fold: text }, { requiredKeys: [] }),
    customer: fc.option(fc.record({ name: text, company: text }, { requiredKeys: [] })),
  });

  it('decides for no job', () => {
    let told = 0;
    fc.assert(
      fc.property(fc.array(conditions, { minLength: 2, maxLength: 5 }), fc.array(job, { minLength: 10, maxLength: 10 }), (all, jobs) => {
        const rules = all.map((one, at) => rule(at + 1, one));
        const dead = neverReached(rules);
        told += dead.size;
        for (const one of jobs)
          for (const type of ['pdf', 'tif']) {
            const route = chooseHotFolder(rules, one as RoutedJob, type);
            expect(route.kind !== 'none' && dead.has(route.rule.id)).toBe(false);
          }
      }),
      { numRuns: 2000 },
    );
    expect(told).toBeGreaterThan(50);
  });

  it('is told where an earlier one asks for less of the same', () => {
    fc.assert(
      fc.property(
        conditions,
        fc.subarray(['product', 'size', 'customer', 'attribute', 'quantityFrom', 'quantityTo', 'type'] as const),
        (all, left) => {
          const less = Object.fromEntries(Object.entries(all).filter(([name]) => !left.some((one) => one === name)));
          expect(never(less, all)).toEqual([2]);
        },
      ),
    );
  });
});
