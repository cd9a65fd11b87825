/** How long a restart may take to bring something to this browser. */
const VERIFY_MS = 2_000;
/** Before the next attempt after one that is known to be in vain. */
const SOON_MS = 200;

/**
 * Repeats restarts of ICE that were in vain. A browser whose first check of the new path reaches Asterisk before the offer does keeps checking
 * with Asterisk's former password; Asterisk, which has a new one since its answer, refuses each check (401) and sends nothing there.
 *
 * @param restart restarts ICE of this connection once more
 */
export function repeatVainRestarts(connection: RTCPeerConnection, restart: () => void): void {
  let isRestarting = false;
  let isEarly = false;
  const verify = async () => {
    const before = await receivedBy(connection);
    await new Promise((resolve) => setTimeout(resolve, isEarly ? SOON_MS : VERIFY_MS));
    if (isRestarting || connection.connectionState === 'closed') return;
    if (isEarly || (await receivedBy(connection)) === before) restart();
  };
  connection.addEventListener('iceconnectionstatechange', () => {
    if (isRestarting && connection.iceConnectionState === 'connected') isEarly = true;
  });
  connection.addEventListener('signalingstatechange', () => {
    if (connection.signalingState === 'have-local-offer') {
      isRestarting = hasNewPassword(connection);
      isEarly = false;
    } else if (connection.signalingState === 'stable' && isRestarting) {
      isRestarting = false;
      void verify();
    }
  });
}

function hasNewPassword({ currentLocalDescription, pendingLocalDescription }: RTCPeerConnection): boolean {
  const [before, now] = [currentLocalDescription, pendingLocalDescription].map(
    (description) => /^a=ice-pwd:.*$/m.exec(description?.sdp ?? '')?.[0],
  );
  return before !== undefined && before !== now;
}

/** Counts the packets of the other side, and its answers to checks of the path. */
async function receivedBy(connection: RTCPeerConnection): Promise<number> {
  const stats = [...((await connection.getStats()) as unknown as Map<string, ReceivedLike>).values()];
  const pair = stats.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
  const packets = stats.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')?.packetsReceived ?? 0;
  return packets + (stats.find(({ id }) => id === pair)?.responsesReceived ?? 0);
}

interface ReceivedLike {
  id: string;
  type: string;
  kind?: string;
  selectedCandidatePairId?: string;
  packetsReceived?: number;
  responsesReceived?: number;
}
