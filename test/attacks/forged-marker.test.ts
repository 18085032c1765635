/** A sender writes into an incoming folder that another Printfloor works there: nobody else waits for that, and no two hubs ever empty one folder. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { errnoOf } from '../../electron/hub/disk/fault.ts';
import { type Hub, workForHub } from '../../electron/hub/disk/live.ts';
import { operations } from '../../electron/hub/disk/operations.ts';
import { askWhose } from '../../electron/hub/intake/ask-whose.ts';
import { answersWithinMs, type Whose } from '../../electron/hub/intake/whose-folder.ts';
import type { Health } from '../../shared/api.ts';
import { type Floor, openFloor } from '../flow/floor.ts';
import { until } from '../until.ts';

describe('on a running floor', () => {
  let floor: Floor;
  beforeAll(async () => {
    floor = await openFloor();
    await floor.ask('PATCH', '/hot-folders/1', { types: [] });
  });
  afterAll(() => floor.close());

  test('one line in the marker stops nobody: it is signed over, and told', async () => {
    const marker = join(floor.places.incoming, '.printfloor-incoming');
    await until(() => readFileSync(marker, 'utf8').includes('#1'), 'the folder is marked');
    writeFileSync(marker, 'x\nhub y Evil');
    await until(() => readFileSync(marker, 'utf8').includes('#1'), 'it is signed over', 20_000);
    await floor.drop('1001-1 a.txt', 'of another sender');
    await floor.untilStatus('1001-1', 'InHotFolder');
    expect((await floor.ask<Health>('GET', '/health')).body.ok).toBe(true);
    await until(async () => {
      const { items } = (await floor.ask<{ items: { kind: string; about: string; actor: string | null }[] }>('GET', '/security')).body;
      return items.some(({ kind, about, actor }) => kind === 'markerIgnored' && about === floor.places.incoming && actor === null);
    }, 'it is on record');
  }, 60_000);
});

describe('two hubs, look by look', () => {
  let path = '';
  let now = 0;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'printfloor-forged-'));
    now = 0;
  });
  afterEach(() => {
    workForHub(null);
    rmSync(path, { recursive: true });
  });

  type Looking = { readonly look: () => Promise<string>; readonly takeOver: () => Promise<void>; readonly ignored: string[] };
  /** A hub that watches the folder; each look says whether it would take files. */
  function hub(id: string): Looking {
    const who: Hub = { id, computer: `PC-${id}` };
    let whose: Whose = { kind: 'unknown' };
    const ignored: string[] = [];
    const disk = {
      takeIncoming: (at: string, takeOver: boolean, before = null as Parameters<typeof operations.takeIncoming>[3]) => {
        workForHub(who);
        return operations.takeIncoming(() => undefined, at, takeOver, before);
      },
    };
    const asking = askWhose(
      disk as never,
      path,
      { monotonic: () => now },
      {
        get: () => whose,
        set: (is) => {
          whose = is;
        },
        onIgnored: (other) => ignored.push(other),
      },
    );
    return {
      look: () =>
        asking({ dev: '1', ino: '1', mtimeMs: 0, kind: 'folder', born: null }).then(
          () => 'works',
          (error: unknown) => String(errnoOf(error)),
        ),
      takeOver: async () => {
        whose = { kind: 'ours', turn: (await disk.takeIncoming(path, true)).turn };
      },
      ignored,
    };
  }
  const later = (ms = 11_000): void => {
    now += ms;
  };
  const forge = (text: string): void => writeFileSync(join(path, '.printfloor-incoming'), text);

  test('a forger who knows the form and counts higher stops it for a minute, once for each time he writes', async () => {
    const a = hub('a');
    expect(await a.look()).toBe('works');
    later();
    forge('x#7\nhub y Evil');
    expect(await a.look()).toBe('OtherHub');
    later(answersWithinMs - 1);
    expect(await a.look()).toBe('OtherHub');
    later(1);
    expect([await a.look(), a.ignored]).toEqual(['works', [expect.stringContaining('"Evil" (y)')]]);
  });

  test('one who was told by a person to take over is believed, and neither ever works beside the other once it has looked', async () => {
    const [a, b] = [hub('a'), hub('b')];
    expect([await a.look(), await b.look()]).toEqual(['works', 'OtherHub']);
    await b.takeOver();
    later();
    // It signs again, and the other once more.
    expect([await a.look(), await b.look(), await a.look(), await b.look()]).toEqual(['OtherHub', 'works', 'OtherHub', 'works']);
    for (let turn = 0; turn < 10; turn++) {
      later();
      expect([await a.look(), await b.look()]).toEqual(['OtherHub', 'works']);
    }
    // And back.
    await a.takeOver();
    later();
    expect([await b.look(), await a.look(), await b.look()]).toEqual(['OtherHub', 'works', 'OtherHub']);
    later(2 * answersWithinMs);
    expect([await b.look(), await a.look()]).toEqual(['OtherHub', 'works']);
    // Each has signed over an older word of the other.
    expect([a.ignored, b.ignored].map((them) => them.length)).toEqual([1, 1]);
  });

  test('whose marker a sender removed: of two hubs that then both claim it one gives way', async () => {
    const [a, b] = [hub('a'), hub('b')];
    expect(await a.look()).toBe('works');
    rmSync(join(path, '.printfloor-incoming'));
    expect(await b.look()).toBe('works');
    const seen: string[] = [];
    for (let turn = 0; turn < 12; turn++) {
      later();
      seen.push(`${await a.look()} ${await b.look()}`);
    }
    expect(seen).not.toContain('works works');
    expect(seen.at(-1)).toMatch(/^(works OtherHub|OtherHub works)$/);
  });

  test('at a start any marker is believed: another may have taken over while this one was off', async () => {
    await hub('b').takeOver();
    const a = hub('a');
    expect(await a.look()).toBe('OtherHub');
    later(2 * answersWithinMs);
    expect(await a.look()).toBe('OtherHub');
  });
});
