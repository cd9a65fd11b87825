import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { formatDuration, formatSeconds } from '../format.js';
import { Icon } from '../ui/icon.js';
import {
  listMicrophones,
  Microphone,
  MicrophoneError,
  RATE_HZ,
  type Device,
  type MicrophoneProblem,
} from './microphone.js';
import { playSamples } from './play-samples.js';
import { loudestOf, soundOf, type Range } from './samples.js';
import { texts as promptTexts } from './texts.js';
import { encodeWav } from './wav.js';
import { Waveform } from './waveform.js';

const texts = promptTexts.recorder;
const COUNTDOWN_S = 3;
const LONGEST_MS = 595_000;
/** Quieter recordings are hard to understand on a telephone. */
const QUIET = 0.05;
const MICROPHONE_KEY = 'cordboard.microphone';

type Stage =
  | { name: 'ready' }
  | { name: 'problem'; problem: MicrophoneProblem | 'failed' }
  | { name: 'countdown'; left: number }
  | { name: 'recording'; since: number }
  | { name: 'review'; samples: Float32Array; range: Range };

/** Records from a microphone: countdown, level, wave form to trim, and listening before it is used. */
export function Recorder({ onRecorded }: { onRecorded: (wav: Blob) => void }) {
  const stage = useSignal<Stage>({ name: 'ready' });
  const devices = useSignal<Device[]>([]);
  const device = useSignal(localStorage.getItem(MICROPHONE_KEY) ?? '');
  const microphone = useRef<Microphone | undefined>(undefined);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  const later = (run: () => void, ms: number) => void timers.current.add(setTimeout(run, ms));
  const clear = () => {
    timers.current.forEach((timer) => clearTimeout(timer));
    timers.current.clear();
    microphone.current?.close();
    microphone.current = undefined;
  };
  const isShown = useRef(true);
  useEffect(() => {
    void listMicrophones().then((found) => (devices.value = found));
    return () => {
      isShown.current = false;
      clear();
    };
  }, []);
  const isOpening = useRef(false);
  const begin = async () => {
    // A second press would open the microphone twice, and only one of both is closed.
    if (isOpening.current) return;
    isOpening.current = true;
    clear();
    try {
      const opened = await Microphone.open(device.value);
      if (!isShown.current) {
        opened.close();
        return;
      }
      microphone.current = opened;
      devices.value = await listMicrophones();
      if (microphone.current === opened) countDown(COUNTDOWN_S);
    } catch (error) {
      stage.value = { name: 'problem', problem: error instanceof MicrophoneError ? error.problem : 'failed' };
    } finally {
      isOpening.current = false;
    }
  };
  const countDown = (left: number) => {
    if (left === 0) {
      microphone.current?.start();
      stage.value = { name: 'recording', since: Date.now() };
      later(() => void finish(), LONGEST_MS);
      return;
    }
    stage.value = { name: 'countdown', left };
    later(() => countDown(left - 1), 1000);
  };
  const finish = async () => {
    const opened = microphone.current;
    if (opened === undefined) return;
    try {
      const samples = await opened.finish();
      stage.value = { name: 'review', samples, range: soundOf(samples, RATE_HZ) };
    } catch {
      stage.value = { name: 'problem', problem: 'failed' };
    } finally {
      clear();
    }
  };
  const choose = (id: string) => {
    device.value = id;
    localStorage.setItem(MICROPHONE_KEY, id);
  };
  const current = stage.value;
  if (current.name === 'review')
    return (
      <Review
        {...current}
        onRange={(range) => (stage.value = { ...current, range })}
        onRetake={() => void begin()}
        onUse={({ samples, range: { from, to } }) => onRecorded(encodeWav(samples.subarray(from, to), RATE_HZ))}
      />
    );
  return (
    <div class="recorder">
      {devices.value.length > 0 && current.name !== 'recording' && (
        <label>
          {texts.microphone}
          <select value={device.value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            <option value="">{texts.anyMicrophone}</option>
            {devices.value.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {current.name === 'problem' && (
        <div role="alert" class="notice bad">
          <Icon name="warning" />
          <div>
            <p>{current.problem === 'failed' ? texts.failed : texts[current.problem]}</p>
            {current.problem !== 'failed' && <p class="soft">{texts[`${current.problem}Hint`]}</p>}
          </div>
        </div>
      )}
      {(current.name === 'ready' || current.name === 'problem') && (
        <button type="button" class="primary with-icon" onClick={() => void begin()}>
          <Icon name="microphone" />
          {current.name === 'ready' ? texts.start : texts.again}
        </button>
      )}
      {(current.name === 'countdown' || current.name === 'recording') && (
        <>
          <p class="said" role="status">
            {current.name === 'countdown' ? texts.startsIn(current.left) : texts.recording}
          </p>
          <Level microphone={microphone.current} since={current.name === 'recording' ? current.since : undefined} />
        </>
      )}
      {current.name === 'recording' && (
        <button type="button" class="primary with-icon" onClick={() => void finish()} autofocus>
          <Icon name="stop" />
          {texts.stop}
        </button>
      )}
    </div>
  );
}

/** The level of the microphone, and how long it has been recording. */
function Level({ microphone, since }: { microphone: Microphone | undefined; since: number | undefined }) {
  const meter = useRef<HTMLMeterElement>(null);
  const clock = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let frame = 0;
    const show = () => {
      if (meter.current !== null && microphone !== undefined) meter.current.value = Math.sqrt(microphone.level());
      if (clock.current !== null)
        clock.current.textContent = since === undefined ? '' : formatDuration(Date.now() - since);
      frame = requestAnimationFrame(show);
    };
    show();
    return () => cancelAnimationFrame(frame);
  }, [microphone, since]);
  return (
    <div class="level">
      <meter ref={meter} min={0} max={1} low={0.2} high={0.95} optimum={0.6} aria-label={texts.level} />
      <span ref={clock} />
    </div>
  );
}

interface ReviewProps {
  samples: Float32Array;
  range: Range;
  onRange: (range: Range) => void;
  onRetake: () => void;
  onUse: (chosen: { samples: Float32Array; range: Range }) => void;
}

function Review({ samples, range, onRange, onRetake, onUse }: ReviewProps) {
  const stopPlaying = useRef<(() => void) | undefined>(undefined);
  const isPlaying = useSignal(false);
  const stop = () => {
    stopPlaying.current?.();
    stopPlaying.current = undefined;
    isPlaying.value = false;
  };
  useEffect(() => stop, []);
  const part = samples.subarray(range.from, range.to);
  const listen = () => {
    isPlaying.value = true;
    stopPlaying.current = playSamples(part, RATE_HZ, stop);
  };
  return (
    <div class="recorder">
      <p class="soft">
        {texts.trim} {formatSeconds((part.length / RATE_HZ) * 1000)} /{' '}
        {formatSeconds((samples.length / RATE_HZ) * 1000)}
        {'\u00a0s'}
      </p>
      <Waveform
        samples={samples}
        rate={RATE_HZ}
        range={range}
        onRange={(next) => {
          stop();
          onRange(next);
        }}
      />
      {loudestOf(part) < QUIET && (
        <p class="notice" role="status">
          <Icon name="warning" />
          {texts.tooQuiet}
        </p>
      )}
      <div class="actions">
        <button type="button" class="with-icon" onClick={isPlaying.value ? stop : listen}>
          <Icon name={isPlaying.value ? 'stop' : 'play'} />
          {isPlaying.value ? texts.stopListening : texts.listen}
        </button>
        <button type="button" class="with-icon" onClick={onRetake}>
          <Icon name="microphone" />
          {texts.retake}
        </button>
        <button type="button" class="primary with-icon" autofocus onClick={() => onUse({ samples, range })}>
          <Icon name="check" />
          {texts.use}
        </button>
      </div>
    </div>
  );
}
