import { describeSpan, percent } from './offset.js';
import { outlineOf, peaksOf } from './peaks.js';
import { texts } from './texts.js';

/** The sound of a recording on the time axis of its call. */
export interface Wave {
  recording: string;
  /** Milliseconds since the call began. */
  from: number;
  to: number;
  peaks: number[];
}

const PEAKS = 600;
/** Telephones send no more. */
const RATE = 8000;

/** Reads a recording and decodes it in this browser. @throws {Error} when it cannot be read */
export async function readPeaks(address: string): Promise<number[]> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`status ${response.status}`);
  const context = new OfflineAudioContext(1, 1, RATE);
  const sound = await context.decodeAudioData(await response.arrayBuffer());
  const channels = Array.from({ length: sound.numberOfChannels }, (_, index) =>
    peaksOf(sound.getChannelData(index), PEAKS),
  );
  return Array.from({ length: PEAKS }, (_, index) => Math.max(...channels.map((peaks) => peaks[index] ?? 0)));
}

export function WaveLane({ waves, lengthMs }: { waves: readonly Wave[]; lengthMs: number }) {
  return (
    <div class="lane wave">
      <span class="soft">{texts.recordings}</span>
      <svg role="img" aria-label={waves.map((wave) => describeSpan(wave, lengthMs)).join(', ')}>
        {waves.map(({ recording, from, to, peaks }) => (
          <svg
            key={recording}
            x={percent(from, lengthMs)}
            width={percent(to - from, lengthMs)}
            height="100%"
            viewBox={`0 0 ${peaks.length} 2`}
            preserveAspectRatio="none"
          >
            <path d={outlineOf(peaks)} />
          </svg>
        ))}
      </svg>
    </div>
  );
}
