/** `node test/bench/big-record/make.ts PATH JOBS`: a record with so many jobs, as the hub would have written it over the years. */
import { fillRecord } from './fill.ts';

const [path, jobs = '1000000'] = process.argv.slice(2);
if (path === undefined || !/^\d+$/.test(jobs)) {
  console.error('usage: node test/bench/big-record/make.ts PATH [JOBS]');
  process.exitCode = 2;
} else {
  const from = performance.now();
  await fillRecord(path, Number(jobs), Date.now());
  const seconds = (performance.now() - from) / 1000;
  console.log(`${jobs} jobs in ${seconds.toFixed(0)} s, ${((seconds / Number(jobs)) * 100_000).toFixed(1)} s a hundred thousand`);
}
