/** The tokens of the stand-in hub, and its record of what touched security. */
import type { Station } from '../../shared/api.ts';
import { type SecurityChange, type SecurityEntry, type SecurityKind, securityKinds } from '../../shared/security.ts';

const long = 'Geschäftsberichtsumschlagsveredelungsauftragsbestätigungsformularvordruck';
const noon = '2026-11-24T12:00:00.000Z';
export const stationsAtFirst: readonly Station[] = [
  { id: 1, name: 'Press 1', role: 'station', createdAt: noon, lastSeenAt: noon, lastSeenFrom: '127.0.0.1', endsAt: null },
  {
    id: 2,
    name: long.slice(0, 60),
    role: 'admin',
    createdAt: noon,
    lastSeenAt: null,
    lastSeenFrom: null,
    endsAt: '2026-11-25T12:00:00.000Z',
  },
];
/** What is on record of what was made anew, and of settings. */
const madeOf: Partial<Record<SecurityKind, SecurityChange[]>> = {
  tokenMade: [
    { field: 'role', before: null, after: 'station' },
    { field: 'endsAt', before: null, after: noon },
  ],
  folderAdded: [
    { field: 'takenAfterMs', before: null, after: '2000' },
    { field: 'outcome.kind', before: null, after: 'kodak' },
    { field: 'contract', before: null, after: 'false' },
  ],
  ruleAdded: [
    { field: 'conditions', before: null, after: '{}' },
    { field: 'hotFolderId', before: null, after: '1' },
  ],
  settingsChanged: [
    { field: 'settleMs', before: '1000', after: '2500' },
    { field: 'language', before: 'en', after: 'fr' },
    { field: 'xmlMapping.order', before: null, after: 'OrderNo' },
    { field: 'incoming', before: null, after: JSON.stringify({ path: '/srv/in', location: 'network' }) },
    { field: 'confirm', before: null, after: '/srv/in' },
    { field: 'newer', before: 'true', after: '{"a":1}' },
  ],
};
/** One entry of each kind. */
export const securityTold: readonly SecurityEntry[] = securityKinds.map((kind, index) => ({
  id: securityKinds.length - index,
  kind,
  at: noon,
  until: noon,
  times: kind === 'tokenWrong' ? 24 : 1,
  actor: kind.startsWith('token') && kind !== 'tokenMade' ? null : kind === 'rightRefused' ? 'station Prepress' : 'admin',
  address: '127.0.0.1',
  about: kind === 'tokenWrong' ? 'unknown' : kind === 'rightRefused' ? 'settings.update' : index % 2 === 0 ? 'Press 1' : long,
  changes:
    madeOf[kind] ??
    (kind.endsWith('Changed')
      ? [
          { field: 'path', before: `/srv/${long}/${long}`, after: null },
          { field: 'paused', before: 'false', after: 'true' },
        ]
      : []),
}));
