/** What may be said on the command line and in the environment when Printfloor starts. Never guesses: what it does not know is refused. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type Options = {
  readonly headless: boolean;
  readonly demo: boolean;
  /** As given, absolute; null: the setting of this machine (never with --demo), else `defaultDataPath`. */
  readonly dataPath: string | null;
  /** As given; null: the setting of this machine, else `defaultPort`. 0 takes any free one. */
  readonly port: number | null;
};

export const defaultPort = 4710;

/** The demo shop keeps out of the folder of the real one. */
export function defaultDataPath(demo: boolean): string {
  return join(homedir(), demo ? 'Printfloor-demo' : 'Printfloor');
}

const known = [
  '  --data DIR    the folder with everything Printfloor keeps (or PRINTFLOOR_DATA; default: Printfloor in your home folder,',
  '                Printfloor-demo with --demo)',
  `  --port N      the port of the hub on this machine (or PRINTFLOOR_PORT; default: ${defaultPort})`,
  '  --headless    the hub alone, without a window',
  '  --demo        a shop to try out, with presses, printers and orders',
  '  --help        these lines',
  'In the environment only, since it holds a password:',
  '  PRINTFLOOR_DATABASE_URL  a database on a PostgreSQL server that has the record instead of a file in the data folder',
].join('\n');

/** What is wrong with the command line, with the options there are. */
export class WrongOption extends Error {
  constructor(message: string) {
    super(`${message}\nOptions:\n${known}`);
    this.name = 'WrongOption';
  }
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new WrongOption(`The port must be a number from 0 to 65535, not "${text}".`);
  return port;
}

/** @throws WrongOption */
export function parseOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, port: { type: 'string' }, headless: { type: 'boolean' }, demo: { type: 'boolean' } },
    });
    const data = values.data ?? env['PRINTFLOOR_DATA'];
    const port = values.port ?? env['PRINTFLOOR_PORT'];
    if (data !== undefined && data.trim() === '') throw new WrongOption('--data needs a folder.');
    return {
      headless: values.headless ?? false,
      demo: values.demo ?? false,
      // npm works in the folder of the program; a relative folder is meant from where the person is.
      dataPath: data === undefined ? null : resolve(env['INIT_CWD'] ?? '.', data),
      port: port === undefined ? null : readPort(port),
    };
  } catch (error) {
    if (error instanceof WrongOption) throw error;
    // parseArgs says which option it was in its first sentence; the rest is for programmers.
    throw new WrongOption(error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? '') : String(error));
  }
}

/** For the start of a program: prints what was asked for and ends it with 0, or what is wrong and ends it with 2. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(`Printfloor: print-ready files into the hot folder of the right printer.\nOptions:\n${known}`);
    process.exit(0);
  }
  try {
    return parseOptions(args, env);
  } catch (error) {
    if (!(error instanceof WrongOption)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
