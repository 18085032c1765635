/** The desktop program's pure decisions. */
import { basename, sep } from 'node:path';
import type { Session, WebContents } from 'electron';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keepForHub, takeDatabaseUrl } from '../../electron/database-url.ts';
import { denyPermissions } from '../../electron/guards.ts';
import { Refusal } from '../../electron/hub/parts.ts';
import { defaultDataPath, defaultPort, parseOptions, WrongOption } from '../../electron/options.ts';
import { isPageUrl, pageFile } from '../../electron/page-address.ts';
import { countDeaths, restartPauseMs } from '../../electron/restart-pause.ts';
import { describeStartTrouble } from '../../electron/start-trouble.ts';
import { placeToRestore } from '../../electron/window-place.ts';
import { said } from '../../shared/words/say.ts';

describe('files of the page', () => {
  test('whatever is asked for, nothing outside the folder is named', () => {
    const piece = fc.constantFrom('..', '%2e%2e', '.', '/', '%2f', '\\', '%5c', '%00', '%', 'index.html', 'C:', '~');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = pageFile(`app://printfloor/${pieces.join('')}`, '/page');
        return file === null || file.startsWith(`/page${sep}`);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const file = pageFile(`app://printfloor/${text}`, '/page');
        return file === null || file.startsWith(`/page${sep}`);
      }),
    );
  });

  test('the page itself is found, another host is not', () => {
    expect(pageFile('app://printfloor/', '/page')).toBe('/page/index.html');
    expect(pageFile('app://printfloor/assets/a.js?v=1#x', '/page')).toBe('/page/assets/a.js');
    expect(pageFile('app://elsewhere/index.html', '/page')).toBeNull();
  });

  test.each(['https://printfloor/', 'app://printfloor.example.org/', 'app://x@printfloor:1/', 'file:///printfloor', 'app:printfloor', ''])(
    '%s is not our page',
    (url) => expect(isPageUrl(url)).toBe(false),
  );
});

describe('the address of the database, which holds a password', () => {
  test('is taken out of what other processes inherit, and given to the hub alone, also when it is started again', () => {
    const env: NodeJS.ProcessEnv = { PATH: '/bin', PRINTFLOOR_DATABASE_URL: 'postgres://shop:secret@db/printfloor' };
    const forHub = keepForHub(env);
    expect(env).toEqual({ PATH: '/bin' });
    for (const start of [1, 2])
      expect([start, takeDatabaseUrl({ ...env, ...forHub })]).toEqual([start, 'postgres://shop:secret@db/printfloor']);
    expect(keepForHub(env)).toEqual({});
  });
});

describe('what a page may', () => {
  test('is to keep the screen on, where it is our own; nothing else, and nobody else', () => {
    const answers: boolean[] = [];
    let asks: Parameters<Session['setPermissionRequestHandler']>[0] = null;
    let checks: Parameters<Session['setPermissionCheckHandler']>[0] = null;
    denyPermissions({
      setPermissionRequestHandler: (handler) => (asks = handler),
      setPermissionCheckHandler: (handler) => (checks = handler),
      setDevicePermissionHandler: () => undefined,
    });
    const may = (permission: string, url: string): boolean[] => {
      answers.length = 0;
      const contents = { getURL: () => url } as WebContents;
      asks?.(contents, permission as 'screen-wake-lock', (granted) => answers.push(granted), {} as never);
      return [...answers, checks?.(contents, permission as 'screen-wake-lock', url, {} as never) ?? true];
    };
    expect(may('screen-wake-lock', 'app://printfloor/')).toEqual([true, true]);
    expect(may('screen-wake-lock', 'https://example.org/')).toEqual([false, false]);
    for (const other of ['media', 'geolocation', 'hid', 'serial', 'system-wake-lock', 'clipboard-read', 'unknown'])
      expect([other, ...may(other, 'app://printfloor/')]).toEqual([other, false, false]);
  });
});

describe('options', () => {
  test('the command line goes before the environment', () => {
    const env = { PRINTFLOOR_DATA: '/env', PRINTFLOOR_PORT: '4000' };
    expect(parseOptions([], env)).toEqual({ headless: false, demo: false, dataPath: '/env', port: 4000 });
    expect(parseOptions(['--headless', '--demo', '--data', '/given', '--port', '0'], env)).toEqual({
      headless: true,
      demo: true,
      dataPath: '/given',
      port: 0,
    });
  });

  test('nothing said is nothing decided', () => {
    expect(parseOptions([], {})).toEqual({ headless: false, demo: false, dataPath: null, port: null });
  });

  test.each([
    [['--prot', '1']],
    [['--port', 'x']],
    [['--port', '70000']],
    [['--port', '-1']],
    [['--data', ' ']],
    [['--data']],
    [['file.pdf']],
  ])('%j is refused, and the options there are named', (args) => {
    expect(() => parseOptions(args, {})).toThrow(WrongOption);
    expect(() => parseOptions(args, {})).toThrow(String(defaultPort));
  });
});

test('the demo shop keeps out of the folder of the real one', () => {
  expect([defaultDataPath(false), defaultDataPath(true)].map((path) => basename(path))).toEqual(['Printfloor', 'Printfloor-demo']);
});

describe('where the window goes', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1040 };
  const place = { x: 100, y: 100, width: 800, height: 600, maximized: false };

  test('back to its place, also on a second screen', () => {
    expect(placeToRestore(place, [screen])).toEqual(place);
    expect(placeToRestore({ ...place, x: -1500 }, [screen, { ...screen, x: -1920 }])).toMatchObject({ x: -1500 });
  });

  test('nowhere in particular when that place is out of reach', () => {
    expect(placeToRestore(undefined, [screen])).toBeNull();
    expect(placeToRestore({ ...place, x: -1500 }, [screen])).toBeNull();
    expect(placeToRestore({ ...place, y: -50 }, [screen])).toBeNull();
    expect(placeToRestore({ ...place, x: 1900 }, [screen])).toBeNull();
    expect(placeToRestore(place, [])).toBeNull();
  });
});

test('pauses before a hub is started again grow to half a minute, and begin anew after a good while', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 20].map(restartPauseMs)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(countDeaths(5, 3000)).toBe(6);
  expect(countDeaths(5, 61_000)).toBe(1);
  fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), (deaths) => restartPauseMs(deaths) <= restartPauseMs(deaths + 1)));
});

test.each([
  ['EADDRINUSE', 'listen EADDRINUSE', undefined, 'taken'],
  ['EACCES', 'listen EACCES', undefined, 'above 1023'],
  ['EACCES', "open '/data/x'", '/data/x', '--data'],
  ['ENOTDIR', "mkdir '/data'", '/data', '--data'],
  ['ENOSPC', 'write', undefined, 'full'],
  ['ENOENT', "open '/program/index.html'", '/program/index.html', 'build Printfloor again'],
  ['ENOENT', "open '/data-of-others/x'", '/data-of-others/x', 'build Printfloor again'],
])('%s (%s) is told with what to do', (code, message, path, expected) => {
  const sentence = describeStartTrouble(Object.assign(new Error(message), { code, path }), '/data', 80);
  expect(sentence).toContain(expected);
  expect(sentence.includes('data folder /data cannot be written')).toBe(expected === '--data');
});

test('a data folder that cannot be made is told by the first folder on the way to it', () => {
  const error = Object.assign(new Error("mkdir '/mnt/shop'"), { code: 'EACCES', syscall: 'mkdir', path: '/mnt/shop' });
  expect(describeStartTrouble(error, '/mnt/shop/data', 80)).toContain('The data folder /mnt/shop/data cannot be written');
});

test('a data folder where none of the floor may be is what has to be chosen anew, not the hot folder in it that nobody named', () => {
  const words = said('refusals.folderBarred', {
    folder: said('phrases.hotFolder', { name: 'press-1' }),
    typed: '/home/ada/.shop/hot',
    path: '/home/ada/.shop/hot',
    why: said('phrases.isHidden'),
    todo: said('reasons.FolderForbidden.todo'),
  });
  const error = new Refusal('CONFLICT', words, { reasonCode: 'FolderForbidden', raw: 'It is hidden.', path: '/home/ada/.shop/hot' });
  expect(describeStartTrouble(error, '/home/ada/.shop', 80)).toBe(
    'The data folder /home/ada/.shop may not be there: It is hidden. Choose another with --data.',
  );
  expect(describeStartTrouble(error, '/home/ada/other', 80)).toContain('Choose a folder made for print files');
});
