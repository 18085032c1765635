/**
 * Part of the change that counts the jobs of a record by status, the same for both engines: those that never are a headline, by what stands on their track.
 * Never edited: it is part of what a record remembers of its changes. Few jobs have any of them, and only their rows are looked through.
 */
const codes = {
  message: [
    'SentEmail',
    'SentEmailFailed',
    'EmailBounced',
    'EmailBouncedAndPrintJobCreated',
    'NoEmailBounceActionRequired',
    'SmsDispatching',
    'SmsDispatched',
  ],
  mis: [
    'MisNotified',
    'MisFailed',
    'MisNotificationRetrigger',
    'MisAdditionalActionRequired',
    'MisManifested',
    'MisOrderProcessed',
    'MisAssetsOk',
    'MisAssetsFailed',
    'MisPartiallyFailed',
  ],
  record: ['TemplateProductCreated', 'TemplateProductCreationFailed', 'ActionRun'],
  custom: ['CustomStatusHidden'],
} as const;

/** `find`: where the text `standing` begins in the column `tracks`, 0 where it does not. */
export function besideHeadline(find: string): string {
  // Within a text of a person each quotation mark has a backslash before it, so that none is taken for this.
  const beginning = (track: string, code: string): string => `"${track}":{"code":"${code}`;
  const all = Object.entries(codes).flatMap(([track, some]) => some.map((code) => `('${code}', '${beginning(track, code)}"')`));
  const some = Object.entries(codes).map(([track, [first]]) =>
    find.replace('standing', `'${beginning(track, track === 'custom' ? first : '')}'`),
  );
  return `insert into counter (name, value)
    with beside (code, standing) as (values ${all.join(', ')}),
    some_jobs as materialized (select status, tracks from job where ${some.map((one) => `${one} > 0`).join(' or ')})
    select 'status ' || code, count(*) from some_jobs join beside on ${find} > 0 where some_jobs.status <> beside.code group by code
    on conflict (name) do update set value = counter.value + excluded.value`;
}
