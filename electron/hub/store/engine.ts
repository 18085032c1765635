/**
 * What differs between the engines a record may stand in. Each has its folder (sqlite/, postgres/) with these two pages filled in; everything beside them says the same to both.
 */
import type { RawBuilder } from 'kysely';
import type { ListQuery } from './rows.ts';
import type { Db } from './tables.ts';

/** The answer to a commit was lost: it may have been done. */
export class CommitInDoubt extends Error {
  constructor(cause: unknown) {
    super('the answer to a commit was lost', { cause });
  }
}

export type EngineName = 'sqlite' | 'postgres';

/** By what a job is found. `files`: their names, one a line. */
export type JobWords = Readonly<Record<'number' | 'title' | 'product' | 'customer' | 'files', string>>;

/** What is not said alike. */
export type Dialect = {
  readonly name: EngineName;
  /**
   * What somebody typed, as it is searched for: each word is the beginning of a word, and all must be there. A number with its dash ("1001-2") is read as its
   * parts in a row. Null when there is no letter or digit to look for.
   */
  readonly searchQuery: (typed: string) => string | null;
  /** Writes the words of a job anew. `isNew`: none were written before. */
  readonly learnWords: (db: Db, jobId: number, words: JobWords, isNew: boolean) => Promise<void>;
  /**
   * Ids for a page of the list of jobs, one more than it holds: of jobs with these words, or of those that belong to another hot folder and have had deliveries at
   * the one asked for (`besides`). Those with words are newest first.
   */
  readonly findIds: (db: Db, query: ListQuery, words: string | null, besides: boolean) => Promise<number[]>;
  /** Behind the name of a table: this index is taken. Empty where an engine finds that out by itself. */
  readonly byIndex: (index: string) => RawBuilder<unknown>;
  /** A set of ids as one parameter, so that a statement is the same for sets of any size. */
  readonly idsOf: (ids: readonly number[]) => RawBuilder<number>;
  /** Whoever is about to decide on this order is alone with it until the transaction ends. */
  readonly lockOrder: (db: Db, jobId: number) => Promise<void>;
  /** How each filter of that list is said, so that the index of all of them is taken. */
  readonly sayings: (query: ListQuery) => Readonly<Record<'status' | 'stage' | 'hotFolder', (column: string) => RawBuilder<unknown>>>;
};

/** Of a commit. */
export type Fate = 'committed' | 'undone' | 'unknown';

type Step = () => void | Promise<void>;

/** The connection that writes, one transaction after another. */
export type WritingEngine = {
  readonly begin: Step;
  /** @throws CommitInDoubt */
  readonly commit: Step;
  /** What became of a commit in doubt; `unknown`: nobody will ever know. @throws the fault when it cannot be found out yet */
  readonly fateOfCommit: () => Promise<Fate>;
  /** Undoes what was begun; does nothing where nothing is. */
  readonly rollback: Step;
  /** The fence around one write among several. */
  readonly save: Step;
  readonly release: Step;
  readonly goBack: Step;
  /** Rows changed since it was opened. */
  readonly changed: () => number;
  /** The whole transaction is lost, by a fault of its own: its neighbours must be written again. */
  readonly isLost: () => boolean;
  /** A statement has failed, and nothing more is taken unless it goes back to the fence. */
  readonly isSpoiled: () => boolean;
  /** Makes what was committed durable; nobody is told before. */
  readonly makeDurable: () => Promise<void>;
  /** Before that is tried again, after it found no room. */
  readonly prepareAgain: Step;
  /** Can something be recorded? Changes nothing. @throws the fault when not */
  readonly probe: Step;
};
