import type { Page } from 'playwright-core';

/** What the browser itself notices of an answered call, as times since 1970 (ms). */
export interface AnswerTimes {
  clickedAt?: number;
  /** The 200 for the INVITE is handed to the WebSocket. */
  sentAt?: number;
  /** DTLS is done: sound can flow. */
  connectedAt?: number;
  /** The first sound of the other party has been played. */
  heardAt?: number;
}

/** Notes the times of the latest answer on this page and on pages that are opened later. */
export async function watchAnswers(page: Page): Promise<void> {
  // tsx wraps functions with a helper that does not exist in the page.
  await page.addInitScript('globalThis.__name = (it) => it');
  await page.addInitScript(() => {
    const POLL_MS = 5;
    const now = () => performance.timeOrigin + performance.now();
    let times: AnswerTimes = {};
    addEventListener(
      'click',
      ({ timeStamp }) => {
        times = { clickedAt: performance.timeOrigin + timeStamp };
        Object.assign(window, { answerTimes: times });
      },
      true,
    );
    const send = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'send')!.value as WebSocket['send'];
    WebSocket.prototype.send = function (data) {
      if (typeof data === 'string' && data.startsWith('SIP/2.0 200') && /^CSeq: \d+ INVITE/m.test(data))
        times.sentAt ??= now();
      send.call(this, data);
    };
    const Connection = RTCPeerConnection;
    window.RTCPeerConnection = class extends Connection {
      constructor(settings?: RTCConfiguration) {
        super(settings);
        this.addEventListener('connectionstatechange', () => {
          if (this.connectionState === 'connected') times.connectedAt ??= now();
        });
        const timer = setInterval(() => {
          if (this.connectionState === 'closed' || times.heardAt !== undefined) clearInterval(timer);
          else
            void this.getStats().then((stats) => {
              for (const stat of stats.values() as Iterable<{ type: string; totalAudioEnergy?: number }>)
                if (stat.type === 'inbound-rtp' && (stat.totalAudioEnergy ?? 0) > 1e-4) times.heardAt ??= now();
            });
        }, POLL_MS);
      }
    };
  });
}

/** The times of the latest answer, as far as they are known. */
export function answerTimes(page: Page): Promise<AnswerTimes> {
  return page.evaluate(() => (window as unknown as { answerTimes: AnswerTimes }).answerTimes);
}
