import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { deliveryIdOf, isTempOf, tempPathOf } from '../../../electron/hub/deliver/places.ts';
import type { PlaceRow } from '../../../electron/hub/store/store.ts';

it('a temporary file is known as ours also where the disk shows its name in capitals', () => {
  const place: PlaceRow = {
    id: 1,
    hotFolderId: 1,
    folderPath: '/hot',
    location: 'network',
    stagingPath: '/staging',
    markerPath: '/staging/hot.marker',
    marker: 'm',
    folderId: null,
  };
  const delivery = { id: 12, createdAt: 1_790_000_000_000 };
  const shown = basename(tempPathOf(place, delivery)).toUpperCase();
  expect(deliveryIdOf(shown)).toBe(12);
  expect([isTempOf(shown, place, delivery), isTempOf(shown, place, { ...delivery, createdAt: 1 })]).toEqual([true, false]);
  expect(deliveryIdOf('PRINTFLOOR-12-MWUCHPNU.PART')).toBeNull();
});
