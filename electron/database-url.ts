/**
 * Where the record stands, when it stands on a server: the address holds a password, so it comes by the environment alone, is taken out of it before other processes are started,
 * and is never said.
 */
const name = 'PRINTFLOOR_DATABASE_URL';

/** For a process that starts others: takes it out of the environment they inherit. Answers what is to be added to that of the hub alone. */
export function keepForHub(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const url = env[name];
  delete env[name];
  return url === undefined ? {} : { [name]: url };
}

/** @throws Error with a sentence, without the address */
export function takeDatabaseUrl(env: NodeJS.ProcessEnv): string | null {
  const url = env[name]?.trim() ?? '';
  delete env[name];
  if (url === '') return null;
  if (!/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw Object.assign(new Error(`${name} must be the address of a PostgreSQL database: postgres://USER:PASSWORD@HOST/DATABASE.`), {
      code: 'NO_DATABASE_URL',
    });
  return url;
}
