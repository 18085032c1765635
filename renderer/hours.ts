/** When the shop works, as the hub said last. Screens reckon by the rule the hub goes by: another calendar holds at once for all that is shown. */
import { create } from 'zustand';
import { isTimeZone } from '../shared/shop-time.ts';
import { alwaysOpen, type ShopHours, shopHours, type WorkCalendar } from '../shared/work-calendar.ts';

type Kept = { readonly said: string; readonly hours: ShopHours };
const useKept = create<Kept>(() => ({ said: '', hours: shopHours(alwaysOpen, 'UTC') }));

/** Said anew with each look at the hub's health: what is the same changes nothing. A zone this browser does not know has no calendar. */
export function hearHours(calendar: WorkCalendar = alwaysOpen, timeZone: string): void {
  const said = JSON.stringify([calendar, timeZone]);
  if (said === useKept.getState().said || !isTimeZone(timeZone)) return;
  useKept.setState({ said, hours: shopHours(calendar, timeZone) });
}

export function useShopHours(): ShopHours {
  return useKept(({ hours }) => hours);
}
