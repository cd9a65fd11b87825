import { ariPath, type AriRequest } from './ari/ari-request.js';
import { ignoringConflict, ignoringGone } from './ignored-errors.js';
import { AsteriskError } from './port.js';

type Request = (request: AriRequest) => Promise<unknown>;

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

/**
 * Tells a phone whether its transfer is carried out (NOTIFY 200) or not (603). Does nothing for a channel that is gone or outside the
 * application, and when the phone has not requested a transfer.
 */
export async function answerTransfer(
  request: Request,
  { channelId, isAccepted }: { channelId: string; isAccepted: boolean },
): Promise<void> {
  // Asterisk raises the event before it has prepared the answer, and ends if the answer comes in between. This waits for the thread
  // that handles the phone's request.
  const query = { variable: 'CHANNEL(pjsip,call-id)' };
  await ignoringGone(
    request({ method: 'GET', path: ariPath('channels', channelId, 'variable'), query, waitsForChannel: true }),
  );
  await ignoringConflict(
    ignoringGone(
      request({
        method: 'POST',
        path: ariPath('channels', channelId, 'transfer_progress'),
        query: { states: isAccepted ? 'channel_answered' : 'channel_declined' },
      }),
    ),
  );
}

/** Subscribes the application to a channel outside of it. Does nothing when the channel is gone. */
export async function subscribeToChannel(request: Request, app: string, channelId: string): Promise<void> {
  const query = { eventSource: `channel:${channelId}` };
  try {
    await request({ method: 'POST', path: ariPath('applications', app, 'subscription'), query });
  } catch (error) {
    // 422: no such channel.
    if (!(error instanceof AsteriskError && error.reason !== 'unavailable')) throw error;
  }
}
