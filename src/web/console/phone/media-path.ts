/** How the audio of a call travels: `relay` through a TURN server, `none` not at all. */
export type MediaPath = 'direct' | 'relay' | 'none';

/** Browsers look for longer, but Asterisk ends a call that has no audio for 15 s. */
const SEARCH_MS = 8_000;

/** Reports the path of a connection when it is found, lost, or not found in time. */
export function watchMediaPath(connection: RTCPeerConnection, report: (path: MediaPath) => void): void {
  connection.addEventListener('iceconnectionstatechange', () => {
    const { iceConnectionState: state } = connection;
    if (state === 'checking')
      setTimeout(() => {
        if (connection.iceConnectionState === 'checking') report('none');
      }, SEARCH_MS);
    if (state === 'failed') report('none');
    if (state === 'connected' || state === 'completed') void pathOf(connection).then(report);
  });
}

async function pathOf(connection: RTCPeerConnection): Promise<MediaPath> {
  const stats = [...((await connection.getStats()) as unknown as Map<string, RTCStatsLike>).values()];
  const byId = (id: string | undefined) => stats.find((each) => each.id === id);
  const pair = byId(stats.find(({ type }) => type === 'transport')?.selectedCandidatePairId);
  // The address that Asterisk sees may be another one than the relay's own (`prflx`).
  return byId(pair?.localCandidateId)?.relayProtocol === undefined ? 'direct' : 'relay';
}

interface RTCStatsLike {
  id: string;
  type: string;
  selectedCandidatePairId?: string;
  localCandidateId?: string;
  relayProtocol?: string;
}
