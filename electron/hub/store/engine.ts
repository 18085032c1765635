/**
 * What differs between the engines a record may stand in. Each has its folder (sqlite/, postgres/) with these two pages filled in; everything beside them says the same to both.
 * Types alone.
 */
import type { RawBuilder } from 'kysely';
import type { ListQuery } from './rows.ts';
import type { Db } from './tables.ts';

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
  /** How each filter of that list is said, so that the index of all of them is taken. */
  readonly sayings: (query: ListQuery) => Readonly<Record<'status' | 'stage' | 'hotFolder', (column: string) => RawBuilder<unknown>>>;
};

type Step = () => void | Promise<void>;

/** The connection that writes, one transaction after another. */
export type WritingEngine = {
  readonly begin: Step;
  readonly commit: Step;
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
