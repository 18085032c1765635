/**
 * Everything that can be asked or told of a job: one page, read by the door and by all who come through it. A wish (of a person or another system) can be
 * refused; what came by ticket or file, what the clock says and what was seen at a printer is always recorded.
 */
import type { JobEvent } from '../event.ts';
import type { ReasonCode } from '../reason.ts';
import type { StatusCode } from '../status.ts';
import type { Ticket } from '../ticket.ts';
import type { Change } from './changes.ts';
import type { Insisting } from './refusals.ts';

type Wished = {
  readonly jobId: number;
  /** The same one again gets the same answer, and nothing happens twice. */
  readonly actionId: string;
};

export type StatusWish = Wished &
  Insisting & {
    readonly kind: 'setStatus';
    readonly code: StatusCode;
    readonly custom?: string | undefined;
    readonly reason?: string | undefined;
    readonly data?: JobEvent['data'] | undefined;
  };
export type UndoWish = Wished & { readonly kind: 'undo'; readonly seq: number; readonly reason?: string | undefined };
export type DeliverWish = Wished &
  Insisting & {
    readonly kind: 'deliver';
    readonly reason: string;
    /** Just these files; left out: those not delivered yet, or all. */
    readonly fileIds?: readonly number[] | undefined;
    readonly hotFolderId?: number | undefined;
    /** Name of the hot folder it goes to; null when the rules choose. */
    readonly hotFolder: string | null;
    /** How often the job was sent before, and whether that was one of the files sent now. */
    readonly earlierSends: number;
    readonly again: boolean;
    /** One of these files was sent again before, and waits until it is known whether the first one went out. */
    readonly waitsForFirst?: boolean | undefined;
    /** The files it comes to. */
    readonly sends?: readonly number[] | undefined;
    /** Who sent one of these files last, and when, where it went out; left out: nobody did. */
    readonly lastSend?: Pick<JobEvent, 'actor' | 'at'> | undefined;
    /** Only what no printer has had yet. */
    readonly unsent?: boolean | undefined;
    /** A printer has, or had, one of these files. */
    readonly isSent?: boolean | undefined;
    /** The hot folder in which one of these files still lies; `goesThere`: it is the one it is sent to. */
    readonly liesIn?: { readonly name: string; readonly goesThere: boolean } | undefined;
  };
/** So many pieces of it are to be printed again, as a job of their own. */
export type ReprintWish = Wished &
  Insisting & {
    readonly kind: 'reprint';
    readonly quantity: number;
    readonly reason: string;
    /** Just these files; left out: those a printer has had. */
    readonly fileIds?: readonly number[] | undefined;
    /** The job it becomes, and the files of this one it has. */
    readonly becomes?: { readonly jobId: number; readonly number: string; readonly fileIds: readonly number[] } | undefined;
    /** A printer has taken a file of this job. */
    readonly wasTaken?: boolean | undefined;
    /** How many pieces were ordered; left out where nobody said. */
    readonly ordered?: number | undefined;
    /** Who asked for the same last, and when; left out: nobody did. */
    readonly lastReprint?: Pick<JobEvent, 'actor' | 'at'> | undefined;
  };
export type Wish = StatusWish | UndoWish | DeliverWish | ReprintWish;

/** A file as the history names it. */
export type FileFacts = { readonly name: string; readonly version: number; readonly size: number; readonly sha256: string };

/** A ticket was read and the job has its details. `missing`: what still lacks; `missedBefore`: what lacked until now. */
export type TicketCame = {
  readonly kind: 'ticketCame';
  readonly jobId: number;
  readonly ticket: Pick<Ticket, 'submitted' | 'approval' | 'startAt'>;
  /** What earlier tickets said of its approval; left out where none did. */
  readonly approvalBefore?: Ticket['approval'];
  /** When earlier tickets said that it starts, epoch ms; null where none did. */
  readonly startBefore?: number | null;
  /** The job had no ticket before. */
  readonly isFirst: boolean;
  /** The ticket made the job. */
  readonly isNew: boolean;
  /** The number the job had before the ticket gave it its own; null when it kept it. */
  readonly numberBefore: string | null;
  readonly missing: readonly string[];
  readonly missedBefore: readonly string[];
  /** Current files of the job. */
  readonly files: readonly FileFacts[];
  /** What it says otherwise than tickets before it; none of the first. */
  readonly changes?: readonly Change[];
  /** Files it names that no ticket of the job named before, and that are not there. */
  readonly adds?: readonly string[];
};
/** A whole, checked print file is on record for the job. */
export type FileCame = {
  readonly kind: 'fileCame';
  readonly jobId: number;
  readonly file: FileFacts;
  /** The file whose next version this is. */
  readonly replaces: string | null;
  /** The file made the job. */
  readonly isNew: boolean;
  readonly missing: readonly string[];
  /** It is one more: no ticket has named it, and it is no version of what was there. */
  readonly isMore?: boolean;
};
/** The job was made to print pieces of another one again, from files that one had. */
export type ReprintMade = {
  readonly kind: 'reprintMade';
  readonly jobId: number;
  readonly of: { readonly jobId: number; readonly number: string };
  readonly quantity: number;
  readonly reason: string;
  readonly files: readonly FileFacts[];
};
/** A file came again with content the job has. */
export type DuplicateCame = { readonly kind: 'duplicateCame'; readonly jobId: number; readonly file: Pick<FileFacts, 'name' | 'sha256'> };
/** A file or ticket came that may belong to this job, among others: a person is asked. `arrivalId`: the question. */
export type QuestionAsked = { readonly kind: 'questionAsked'; readonly jobId: number; readonly arrivalId: number; readonly name: string };
/** Somebody answered, or later evidence did. `belongsTo`: the number of the job it belongs to; null for none. */
export type QuestionAnswered = Omit<QuestionAsked, 'kind'> & { readonly kind: 'questionAnswered'; readonly belongsTo: string | null };

/** A file that is at a printer, or was. `goesTo`: where the rules send it now, if that is elsewhere and no person chose where it is. */
export type SentFile = { readonly name: string; readonly hotFolder: string; readonly goesTo: string | null };

/**
 * A ticket came when its files were on their way already, or changed what the rules look at: what waits is planned anew. What was `sent` cannot be called back.
 */
export type WayChanged = {
  readonly kind: 'wayChanged';
  readonly jobId: number;
  readonly sent: readonly SentFile[];
  /** What a later ticket changed. */
  readonly changes?: readonly Change[];
};

/** Something a job waits for may have come true: its date, a rule, a folder. */
export type GoOn = { readonly kind: 'goOn'; readonly jobId: number };

/** A delivery as the history names it. */
export type DeliveryFacts = {
  readonly hotFolder: string;
  readonly hotFolderId: number;
  readonly deliveryId: number;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly send: number;
};
type Sight = { readonly kind: 'seen'; readonly jobId: number; readonly delivery: DeliveryFacts };
type Fault = { readonly reasonCode: ReasonCode; readonly raw: string; readonly errno: string | null; readonly path: string };

/** What was done or seen at a printer. */
export type Seen = Sight &
  (
    | {
        readonly what: 'delivered';
        readonly tries: number;
        /** Another program put it there. */
        readonly foreign?: true;
        /** It was cancelled in the moment it was handed over. */
        readonly cancelled?: true;
        /** Its file had been sent again meanwhile; that one is not sent now. */
        readonly stays?: true;
      }
    /** The `taken`th of the `of` files of the job. */
    /** `goneAt`: when it was first seen to be gone; epoch ms, left out where nobody knows. */
    | { readonly what: 'taken'; readonly taken?: number; readonly of?: number; readonly goneAt?: number }
    /** `left`: other files of the job that are still on their way to being printed. */
    | { readonly what: 'printed'; readonly left: number; readonly note: string | null }
    /** `words`: what the printer wrote; `path`: where the file was seen. */
    | { readonly what: 'refused'; readonly words: string | null; readonly path: string }
    | { readonly what: 'lying' }
    | { readonly what: 'uncertain'; readonly reasonCode: ReasonCode; readonly raw: string | null }
    /** `own`: by the copy of an earlier send of the same file. */
    | { readonly what: 'nameTaken'; readonly own?: true }
    /** Under its name lies something else. */
    | { readonly what: 'otherContent'; readonly raw: string }
    | ({ readonly what: 'failed'; readonly tries: number } & Fault)
  );

/** Why what could be done for a job is not done: opens an attention, once. */
export type NotPlanned = {
  readonly kind: 'notPlanned';
  readonly jobId: number;
  readonly problem: ReasonCode;
  readonly data: Readonly<Record<string, string | number | boolean>>;
};
/** What somebody was asked for came to its end by itself. */
export type Solved = { readonly kind: 'solved'; readonly jobId: number; readonly problem: ReasonCode };
/** A rule sends the job to production without a hot folder. */
export type Skipped = {
  readonly kind: 'skipped';
  readonly jobId: number;
  readonly rule: string;
  readonly name: string;
  readonly path: string;
};

/** A ticket that came after its files says that those of this job are those of another: this one ends, its files and deliveries are the other's. */
export type Joined = {
  readonly kind: 'joined';
  readonly jobId: number;
  readonly into: { readonly jobId: number; readonly number: string };
  readonly names: readonly string[];
};

/** What somebody had said against sending the files of a job that is part of this one now: it stands against this one. The mover is who said it. */
export type WordMoved = {
  readonly kind: 'wordMoved';
  readonly jobId: number;
  readonly code: StatusCode;
  readonly reason: string | null;
};

/** A file that names a job nobody knew was found in a hot folder. */
export type FoundInFolder = { readonly kind: 'foundInFolder'; readonly jobId: number; readonly name: string; readonly hotFolder: string };

/** What only adds to the history: nothing of it sets work going. */
export type Told = DuplicateCame | QuestionAsked | QuestionAnswered | Seen | NotPlanned | Solved | Skipped | FoundInFolder | Joined;

export type Command = Wish | ReprintMade | TicketCame | FileCame | WayChanged | WordMoved | GoOn | Told;
