/** The help file goes to strangers: whatever customers, senders and people at the screens put into words stays in the shop. */
import { expect, it } from 'vitest';
import { type HelpFile, helpFileSchema } from '../../shared/help-file.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { openFloor } from './floor.ts';

it('the help file tells how a job went, and nothing of customers, names, paths and keys', async () => {
  const floor = await openFloor();
  try {
    await floor.ask('PATCH', '/settings', { shopName: 'Secretshop' });
    await floor.ask('POST', '/rules', {
      name: 'Secretrule',
      conditions: { customer: ['Secretcustomer'], attribute: { name: 'Secretattribute', values: ['Secretvalue'] } },
      hotFolderId: 1,
    });
    const { body: station } = await floor.ask<{ token: string }>('POST', '/stations', { name: 'Secretstation', role: 'station' });
    const ticket = {
      ...{ order: 'SECRETORDER', title: 'Secrettitle', product: 'Secretproduct', notes: 'Secretnotes', files: ['Secretfile.pdf'] },
      customer: { name: 'Secretcustomer', email: 'secret@secretmail.test', phone: '+49 555 Secret' },
      attributes: { Secretattribute: 'Secretvalue' },
    };
    await floor.ask('POST', '/jobs', ticket);
    await floor.drop('Secretfile.pdf', pdfBytes(1));
    const job = await floor.untilStatus('SECRETORDER-1', 'InHotFolder');
    await floor.ask('POST', `/jobs/${job.id}/status`, { code: 'Blocked', reason: 'Secretreason', actionId: 'block it' });
    await floor.drop('Secretrejected.pdf', 'no PDF at all, Secretcontent');
    await until(async () => (await floor.arrivals('rejected')).length > 0, 'what is no PDF is rejected');

    const { status, body } = await floor.ask<HelpFile>('GET', `/help-file?job=${job.id}`);
    expect([status, helpFileSchema.safeParse(body).error]).toEqual([200, undefined]);
    expect(body.job?.history.map(({ code }) => code)).toEqual((await floor.history(job.id)).map(({ code }) => code));
    expect(body.job?.history.at(-1)).toMatchObject({ code: 'Blocked', by: 'admin' });
    expect(body.job?.deliveries).toMatchObject([{ state: 'delivered', tries: 0 }]);
    expect(body.rules[0]?.asksFor).toEqual(['customer', 'attribute']);
    expect(body.record.stages).toEqual((await floor.ask<{ stages: unknown }>('GET', '/counts')).body.stages);
    expect(body.log.join('\n')).toContain('<18>');
    const text = JSON.stringify(body);
    expect(text).not.toMatch(/secret/i);
    for (const kept of [floor.hub().token, station.token, floor.dataPath]) expect(text).not.toContain(kept);

    expect((await floor.ask('GET', '/help-file?job=999999')).body).toMatchObject({ job: null });
    const asked = await fetch(`${floor.hub().url}/api/help-file`, { headers: { authorization: `Bearer ${station.token}` } });
    expect(asked.status).toBe(403);
  } finally {
    await floor.close();
  }
});
