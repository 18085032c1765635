/** All that a record holds, as one text to compare: each table with its shape and its rows. Only reads; what tells when a change was applied is left out. */
import Database from 'better-sqlite3';

export function contentOf(path: string): string {
  const record = new Database(path, { readonly: true });
  try {
    const health = record.pragma('integrity_check', { simple: true });
    if (health !== 'ok') throw new Error(`${path}: ${String(health)}`);
    const tables = record
      .prepare<[], { name: string; sql: string }>(
        "select name, sql from sqlite_master where type = 'table' and name not like 'job_search%' and name not like 'sqlite_%' order by name",
      )
      .all();
    const rows = tables.map(({ name, sql }) => ({ sql, rows: record.prepare(`select * from ${name}`).all() }));
    return JSON.stringify(rows).replaceAll(/"applied_at":\d+/g, '');
  } finally {
    record.close();
  }
}
