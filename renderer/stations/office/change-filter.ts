/** Changes which jobs the overview shows, or their order. */
import { type Filter, noFilter } from '../../floor/filter.ts';
import { currentRoute, go } from '../../route.ts';

/** Of what stands now: what is typed may have become the filter since the last drawing. */
export function change(part: Partial<Filter>): void {
  const route = currentRoute();
  const filter = route.screen === 'overview' ? route.filter : noFilter;
  go({ screen: 'overview', jobId: null, filter: { ...filter, ...part } }, true);
}
