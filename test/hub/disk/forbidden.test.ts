import { describe, expect, test } from 'vitest';
import { forbiddenAs, type Machine } from '../../../electron/hub/disk/forbidden.ts';
import { sentence } from '../../../shared/words/say.ts';

function why(path: string, machine: Machine): string {
  const said = forbiddenAs(path, machine);
  return said === null ? '' : (sentence('en', said) ?? '');
}

const linux = { platform: 'linux', home: '/home/ada' } as const;
const asRoot = { platform: 'linux', home: '/root' } as const;
const mac = { platform: 'darwin', home: '/Users/ada' } as const;
const windows = { platform: 'win32', home: 'C:\\Users\\Ada' } as const;

const system = /of the (whole )?system/;
const home = /home folder/;
const hidden = /starts by itself/;

describe('Linux', () => {
  test.each([
    ['/', system],
    ['/etc', system],
    ['/etc/', system],
    ['//etc/./cron.d', system],
    ['/srv/../etc', system],
    ['/usr/local/share/x', system],
    ['/var', system],
    ['/var/spool/cron/crontabs', system],
    ['/tmp', system],
    ['/run/systemd/system', system],
    ['/run/media', system],
    ['/proc/self/cwd', system],
    ['/home', system],
    ['/home/ada', home],
    ['/home/bob', home],
    ['/home/ada/.config/autostart', hidden],
    ['/home/bob/.ssh', hidden],
    ['/home/ada/../bob/.ssh', hidden],
    ['/home/SHOP/ada/.ssh', hidden],
    ['/home/ada/shop/.config/autostart', hidden],
    ['/root', home],
    ['/root/.ssh', hidden],
    ['/opt', system],
    ['/media', system],
    ['/lost+found', system],
    ['/nix/store', system],
    ['/var/lib/docker/volumes/x', system],
  ])('%s is none of ours', (path, as) => expect(why(path, linux)).toMatch(as));

  test.each([
    '/srv/print/in',
    '/etcetera',
    '/home/ada/Printfloor/incoming',
    '/home/ada/a.b/c',
    '/home/ada/hot/.printfloor-staging',
    '/root/Printfloor/incoming',
    '/opt/rip/hot',
    '/mnt',
    '/media/ada/STICK',
    '/run/media/ada/STICK',
    '/run/user/1000/gvfs/smb-share:server=nas,share=print',
    '/tmp/printfloor-x/in',
    '/var/lib/printfloor/incoming',
    '/ETC',
  ])('%s may be', (path) => expect(forbiddenAs(path, linux)).toBeNull());

  test('the home of root is a home', () => {
    expect(why('/root', asRoot)).toMatch(home);
    expect(why('/root/.ssh', asRoot)).toMatch(hidden);
    expect(forbiddenAs('/root/Printfloor/incoming', asRoot)).toBeNull();
  });
});

describe('a Mac, where case does not count', () => {
  test.each([
    ['/system/library', system],
    ['/private/ETC', system],
    ['/Users/ADA/library/LaunchAgents', hidden],
    ['/Users/Shared', home],
    ['/Volumes', system],
  ])('%s is none of ours', (path, as) => expect(why(path, mac)).toMatch(as));
  test.each(['/Volumes/NAS/print', '/Users/ada/Printfloor/incoming', '/private/var/folders/x/T/in'])('%s may be', (path) =>
    expect(forbiddenAs(path, mac)).toBeNull(),
  );
});

describe('Windows, where a path has many spellings', () => {
  test.each([
    ['C:\\', system],
    ['c:\\WINDOWS\\System32\\', system],
    ['C:/Windows', system],
    ['D:\\Windows', system],
    ['\\\\?\\C:\\Windows', system],
    ['C:\\Windows.', system],
    ['C:\\Windows. . \\Temp', system],
    ['C:\\Windows::$INDEX_ALLOCATION', system],
    ['C:\\Printfloor\\..\\Windows', system],
    ['\\\\localhost\\C$\\Windows', system],
    ['\\\\?\\UNC\\127.0.0.1\\c$\\Program Files', system],
    ['\\\\.\\C:\\x\\..\\Windows', system],
    ['\\\\?\\GLOBALROOT\\Device\\HarddiskVolume1\\Windows', /told apart/],
    ['C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\StartUp', system],
    ['C:\\Users\\Ada', home],
    ['C:\\Users\\Ada\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup', hidden],
    ['C:\\Users\\bob\\appdata.\\Local', hidden],
    ['C:\\Users\\Ada\\.ssh', hidden],
    ['\\\\localhost\\Users\\Ada', home],
    ['\\\\127.0.0.1\\users\\Ada\\AppData\\Roaming', hidden],
    ['\\\\PC-1\\ADMIN$\\System32', system],
  ])('%s is none of ours', (path, as) => expect(why(path, windows)).toMatch(as));
  test.each([
    'C:\\Users\\Ada\\Printfloor\\incoming',
    'D:\\Print',
    'Z:\\',
    '\\\\nas\\print\\in',
    '\\\\?\\UNC\\nas\\print',
    'C:\\ProgramData\\Printfloor\\incoming',
    'C:\\WindowsX',
  ])('%s may be', (path) => expect(forbiddenAs(path, windows)).toBeNull());
});
