import { ariPath, type AriRequest } from './ari/ari-request.js';
import { ignoringConflict, ignoringGone, ignoringRefused } from './ignored-errors.js';
import type { AsteriskNames } from './names.js';
import type { TransferPort } from './port.js';

/**
 * The first release of each branch that can hand transfers by phones (REFER) over to an application without ending at some of them
 * (asterisk#2021). Branches without an entry before the last one never got it.
 */
const FIRST_SAFE_MINOR: Partial<Record<number, number>> = { 20: 21, 22: 11, 23: 5 };
const FIRST_SAFE_MAJOR = 24;
/** A release, perhaps of a distribution: `22.11.0`, `22.11.0+dfsg-1`. No candidates, certified versions or builds from the repository. */
const RELEASE = /^(\d+)\.(\d+)\.\d+(?:[+~]dfsg\S*)?$/;

/** @param version as Asterisk reports it; empty when it is not known */
export function canHandOverTransfers(version: string): boolean {
  const [, major, minor] = RELEASE.exec(version) ?? [];
  if (major === undefined) return false;
  return Number(major) >= FIRST_SAFE_MAJOR || Number(minor) >= (FIRST_SAFE_MINOR[Number(major)] ?? Infinity);
}

/** Options of a SIP account whose phones may request transfers: all channels of it hand them over, from their creation on. */
export const HANDED_OVER = { allow_transfer: 'yes', set_var: 'PJSIP_TRANSFER_HANDLING()=ari-only' } as const;

interface Phones {
  readonly version: string;
  readonly names: Pick<AsteriskNames, 'app'>;
  findParty(talk: { channelId: string; handset: string }): Promise<string | undefined>;
}

/** Transfers by phones, over ARI. */
export class PhoneTransfers implements TransferPort {
  constructor(
    private readonly request: (request: AriRequest) => Promise<unknown>,
    private readonly asterisk: Phones,
    private readonly canHandOver = canHandOverTransfers,
  ) {}

  get areHandedOver(): boolean {
    return this.canHandOver(this.asterisk.version);
  }

  async answer({ channelId, isAccepted }: { channelId: string; isAccepted: boolean }): Promise<void> {
    const { request } = this;
    // Asterisk raises the event before it has prepared the answer, and ends if the answer comes in between. This waits for the thread
    // that handles the phone's request.
    const call = { variable: 'CHANNEL(pjsip,call-id)' };
    const path = ariPath('channels', channelId, 'variable');
    await ignoringGone(request({ method: 'GET', path, query: call, waitsForChannel: true }));
    const query = { states: isAccepted ? 'channel_answered' : 'channel_declined' };
    const progress = ariPath('channels', channelId, 'transfer_progress');
    await ignoringConflict(ignoringGone(request({ method: 'POST', path: progress, query })));
  }

  async follow(talk: { channelId: string; handset: string }): Promise<string | undefined> {
    const partyId = await this.asterisk.findParty(talk);
    if (partyId === undefined) return undefined;
    const path = ariPath('applications', this.asterisk.names.app, 'subscription');
    const query = { eventSource: `channel:${partyId}` };
    // Refused for a channel that is gone.
    const isFollowed = await ignoringRefused(this.request({ method: 'POST', path, query }).then(() => true));
    return isFollowed === true ? partyId : undefined;
  }
}
