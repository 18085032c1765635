/** Another program that holds the database: run as a process of its own. Says `held`, and lets go when its input ends. */
import Database from 'better-sqlite3';

const [path = ''] = process.argv.slice(2);
const database = new Database(path);
database.exec('begin immediate');
database.pragma('user_version = 1');
process.stdout.write('held\n');
process.stdin.resume().once('end', () => {
  database.close();
  process.exit(0);
});
