/** Values nobody meant to be sent, drawn from a seed: odd in one place of something that would be good, or odd altogether. Pure. */
import type { Random } from '../random.ts';

const long = (sign: string, count: number): string => sign.repeat(count);

/** None is a full path: the fuzzer must not make a hub work in a folder of the machine. */
const texts: readonly [string, ...string[]] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u202e\u2066gnp.exe',
  '\ud800',
  '\ufeff\u200b',
  '\r\nSet-Cookie: a=b',
  '../../../../etc/passwd',
  '..\\..\\windows',
  'CON',
  "' or 1=1 --",
  '"; drop table job; --',
  '<script>alert(1)</script>',
  '{{constructor.constructor("return 1")()}}',
  `\${7*7}`,
  '=cmd|calc!A1',
  '*',
  '"',
  '""""',
  'NEAR(a b)',
  'title:x OR number:y',
  '(((((',
  long('(a+)+', 40),
  long('a*', 90),
  long('*', 190),
  long('🦄', 100),
  long('e\u0301', 3000),
  long('x', 70_000),
  long('"', 3000),
  long('a ', 5000),
  '9'.repeat(400),
  '1e999',
  'null',
  '__proto__',
  'constructor',
];

const scalars: readonly [unknown, ...unknown[]] = [
  null,
  true,
  false,
  0,
  -1,
  -0,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 2,
  2 ** 31,
  [],
  {},
];

export function deep(levels: number, open = '[', close = ']'): string {
  return open.repeat(levels) + close.repeat(levels);
}

export function hostileText(random: Random): string {
  return random.next() < 0.8
    ? random.pick(texts)
    : String.fromCharCode(...Array.from({ length: random.between(1, 40) }, () => random.between(0, 0xffff)));
}

function hostileValue(random: Random): unknown {
  switch (random.between(0, 5)) {
    case 0:
      return random.pick(scalars);
    case 1:
      return Array.from({ length: random.between(1, 3000) }, () => random.between(0, 9));
    case 2:
      return Object.fromEntries(
        Array.from({ length: random.between(1, 2000) }, (_, at) => [`${hostileText(random).slice(0, 20)}${at}`, at]),
      );
    case 3:
      return JSON.parse(deep(random.between(2, 300)));
    default:
      return hostileText(random);
  }
}

/** The value with one to three odd things in it. */
export function spoil(random: Random, value: unknown): unknown {
  const roll = random.next();
  if (typeof value !== 'object' || value === null) return roll < 0.7 ? hostileValue(random) : value;
  if (Array.isArray(value)) {
    if (value.length === 0 || roll < 0.2) return [...value, hostileValue(random)];
    const at = random.between(0, value.length - 1);
    return value.map((item, index) => (index === at ? spoil(random, item) : item));
  }
  const keys = Object.keys(value);
  if (keys.length === 0 || roll < 0.1) return { ...value, [hostileText(random)]: hostileValue(random) };
  const key = keys[random.between(0, keys.length - 1)] ?? '';
  if (roll < 0.2) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return { ...value, [key]: spoil(random, (value as Record<string, unknown>)[key]) };
}

/** As JSON, now and then with something no writer of JSON writes. */
export function spoiltText(random: Random, value: unknown): string {
  const text = JSON.stringify(spoil(random, spoil(random, value))) ?? 'null';
  const roll = random.next();
  if (roll < 0.06) return text.replace(/:("[^"]*"|\d+|null|true|\[\]|\{\})/u, () => `:${deep(random.pick([50, 200, 5000, 200_000]))}`);
  if (roll < 0.1)
    return text.replace(/:("[^"]*"|\d+)/u, () => `:${deep(random.pick([50, 90_000]), '{"a":', '}').replace(/^((?:\{"a":)+)/u, '$11')}`);
  if (roll < 0.14) return text.slice(0, random.between(0, text.length));
  if (roll < 0.16) return `${text.slice(0, -1)},"order":1,"order":2}`;
  return text;
}
