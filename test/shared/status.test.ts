import '../../shared/words/all.ts';
import { describe, expect, it } from 'vitest';
import {
  builtInCustomStatuses,
  isBuiltInCustomStatus,
  type StatusCode,
  stageNames,
  statusCodes,
  statusEntry,
  statusWords,
  type Track,
  trackNames,
} from '../../shared/status.ts';
import { languages } from '../../shared/words/say.ts';

/** The codes other systems know, by track; written down a second time so that none is lost or moved by mistake. */
const expected: Record<Track, string> = {
  intake: 'Nothing Creating InBasket Ordered FutureOrder UnapprovedOrder',
  output:
    'OutputCreationStarted OutputCreated OutputCreationFailed ExternalOutputRequested ExternalOutputJobClosed RecreationRequested OutputDelete',
  production:
    'InArtworking InReprographics InHotFolder CopyToHotFolderFailed CopyToHotFolderSkipped InProduction Printed InFinishing InPacking',
  fulfilment: 'ReadyForCollection Shipped',
  review:
    'AwaitingApproval Approved PartiallyApproved Rejected ApprovalJobUpdated AwaitingProof AwaitingData AwaitingParts ArtworkUploaded Verified ValidationFinished ValidationFailed',
  message: 'SentEmail SentEmailFailed EmailBounced EmailBouncedAndPrintJobCreated NoEmailBounceActionRequired SmsDispatching SmsDispatched',
  mis: 'MisNotified MisFailed MisNotificationRetrigger MisAdditionalActionRequired MisManifested MisOrderProcessed MisAssetsOk MisAssetsFailed MisPartiallyFailed',
  record: 'TemplateProductCreated TemplateProductCreationFailed ActionRun JobDataDeleted',
  custom: 'CustomStatus CustomStatusHidden',
  hold: 'Blocked',
};

const whoMustAct: Partial<Record<StatusCode, string>> = {
  UnapprovedOrder: 'approver',
  OutputCreationFailed: 'prepress',
  RecreationRequested: 'prepress',
  CopyToHotFolderFailed: 'press operator',
  AwaitingApproval: 'approver',
  PartiallyApproved: 'approver',
  Rejected: 'customer service',
  ApprovalJobUpdated: 'approver',
  AwaitingProof: 'customer',
  AwaitingData: 'customer service',
  AwaitingParts: 'planner',
  ValidationFailed: 'prepress',
  SentEmailFailed: 'reception',
  EmailBounced: 'reception',
  MisFailed: 'admin',
  MisAdditionalActionRequired: 'planner',
  MisAssetsFailed: 'admin',
  MisPartiallyFailed: 'admin',
  TemplateProductCreationFailed: 'prepress',
  Blocked: 'as named in the reason',
};

describe('the statuses', () => {
  it('are the 59 other systems know, each on its track', () => {
    expect(statusCodes).toHaveLength(59);
    for (const track of trackNames) {
      expect(statusCodes.filter((code) => statusEntry(code).track === track).sort(), track).toEqual(expected[track].split(' ').sort());
    }
  });

  it.each(statusCodes)('%s has words in each language, an icon, and who must act', (code) => {
    const { icon, who, stage, sign } = statusEntry(code);
    for (const language of languages) expect(statusWords(code, null, language)).toMatch(/^\S.{1,38}\S$/);
    expect(icon).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(who).toBe(whoMustAct[code] ?? null);
    if (stage !== null) expect(stageNames).toContain(stage);
    expect(who !== null, 'who must act is named exactly where the sign calls somebody').toBe(sign === 'stop' || sign === 'attention');
  });

  it('have labels nobody can mix up', () => {
    for (const language of languages) {
      const labels = statusCodes.map((code) => statusWords(code, null, language));
      expect(new Set(labels).size).toBe(labels.length);
    }
  });

  it('come with some of the shop, from the start', () => {
    expect(Object.keys(builtInCustomStatuses)).toEqual(['Collected', 'AwaitingCourierPickup', 'Reprint', 'Joined']);
    expect(isBuiltInCustomStatus('Collected')).toBe(true);
    expect(isBuiltInCustomStatus('toString')).toBe(false);
  });
});
