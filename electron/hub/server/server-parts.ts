/** What the server is given. It owns none of it: it carries questions in and answers out. */
import type { InferContractRouterOutputs } from '@orpc/contract';
import type { z } from 'zod';
import type { Contract, contract } from '../../../shared/api.ts';
import type { Caller, Flow, HotFolders, Intake } from '../parts.ts';
import type { Store } from '../store/store.ts';

type Input<Name extends 'setStatus' | 'undo'> = Omit<z.output<NonNullable<(typeof contract.jobs)[Name]['~orpc']['inputSchema']>>, 'id'>;
type Output<Name extends 'setStatus' | 'undo'> = InferContractRouterOutputs<Contract>['jobs'][Name];

/** Everything a person may do to a job; refuses with a Refusal, and answers the same for the same actionId. */
export type Actions = {
  setStatus(jobId: number, input: Input<'setStatus'>, caller: Caller): Promise<Output<'setStatus'>>;
  undo(jobId: number, input: Input<'undo'>, caller: Caller): Promise<Output<'undo'>>;
};

export type ServerParts = {
  readonly store: Store;
  readonly actions: Actions;
  readonly flow: Flow;
  readonly hotFolders: HotFolders;
  readonly intake: Intake;
  readonly dataPath: string;
  /** Uploads land here until the flow takes them over. */
  readonly workPath: string;
  /** Folder of the built page; null when there is none. */
  readonly uiPath: string | null;
  readonly version: string;
  readonly demo: boolean;
  /** Epoch ms, like `now`. */
  readonly startedAt: number;
  readonly now: () => number;
  readonly adminTokenHash: string;
  /** Address to listen on; loopback when left out. */
  readonly host?: string;
  /** 0 means any free port. */
  readonly port: number;
  /** Where bugs are told; left out: stderr. */
  readonly report?: (error: unknown) => void;
};
