import { useEffect, useRef } from 'preact/hooks';
import { formatSeconds } from '../format.js';
import { peaksOf, type Range } from './samples.js';
import { texts } from './texts.js';

/** Width of a bar and its gap (px). */
const BAR_PX = 3;
const HEIGHT_PX = 96;
/** The shortest part that can be chosen. */
const SHORTEST_S = 0.2;
const KEY_STEP_S = 0.05;

interface WaveformProps {
  samples: Float32Array;
  rate: number;
  range: Range;
  onRange: (range: Range) => void;
}

/** A recording as a wave form. Its edges are moved by pointer, or by the two sliders below. */
export function Waveform({ samples, rate, range, onRange }: WaveformProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const drawn = canvas.current;
    if (drawn === null) return undefined;
    const redraw = () => draw(drawn, samples, range);
    redraw();
    const watched = new ResizeObserver(redraw);
    watched.observe(drawn);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', redraw);
    return () => {
      watched.disconnect();
      scheme.removeEventListener('change', redraw);
    };
  }, [samples, range]);
  const shortest = Math.min(SHORTEST_S * rate, samples.length);
  const move = (edge: keyof Range, to: number) => {
    const { from, to: end } = range;
    if (edge === 'from') onRange({ from: Math.round(Math.max(0, Math.min(to, end - shortest))), to: end });
    else onRange({ from, to: Math.round(Math.min(samples.length, Math.max(to, from + shortest))) });
  };
  const positionOf = (event: PointerEvent) => {
    const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return ((event.clientX - left) / width) * samples.length;
  };
  const dragged = useRef<keyof Range | undefined>(undefined);
  const slider = (edge: keyof Range, label: string) => (
    <label>
      {label}
      <input
        type="range"
        min={0}
        max={samples.length}
        step={KEY_STEP_S * rate}
        value={range[edge]}
        aria-valuetext={formatSeconds((range[edge] / rate) * 1000)}
        onInput={({ currentTarget }) => move(edge, currentTarget.valueAsNumber)}
      />
    </label>
  );
  return (
    <div class="waveform">
      <canvas
        ref={canvas}
        role="img"
        aria-label={texts.recorder.waveform}
        height={HEIGHT_PX}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = positionOf(event);
          dragged.current = Math.abs(at - range.from) < Math.abs(at - range.to) ? 'from' : 'to';
          move(dragged.current, at);
        }}
        onPointerMove={(event) => {
          if (dragged.current !== undefined) move(dragged.current, positionOf(event));
        }}
        onPointerUp={() => (dragged.current = undefined)}
        onPointerCancel={() => (dragged.current = undefined)}
      />
      <div class="edges">
        {slider('from', texts.recorder.from)}
        {slider('to', texts.recorder.to)}
      </div>
    </div>
  );
}

function draw(canvas: HTMLCanvasElement, samples: Float32Array, { from, to }: Range): void {
  const context = canvas.getContext('2d');
  const width = canvas.clientWidth;
  if (context === null || width === 0) return;
  const ratio = devicePixelRatio;
  canvas.width = width * ratio;
  canvas.height = HEIGHT_PX * ratio;
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const [kept, cut] = [style.getPropertyValue('--talk'), style.getPropertyValue('--edge')];
  const peaks = peaksOf(samples, Math.floor(width / BAR_PX));
  const loudest = Math.max(...peaks, 0.05);
  const [left, right] = [(from / samples.length) * width, (to / samples.length) * width];
  peaks.forEach((peak, index) => {
    const x = index * BAR_PX;
    const height = Math.max(2, (peak / loudest) * (HEIGHT_PX - 8));
    context.globalAlpha = x >= left && x <= right ? 1 : 0.4;
    context.fillStyle = x >= left && x <= right ? kept : cut;
    context.fillRect(x, (HEIGHT_PX - height) / 2, BAR_PX - 1, height);
  });
  context.globalAlpha = 1;
  context.fillStyle = kept;
  context.fillRect(Math.max(0, left - 1), 0, 3, HEIGHT_PX);
  context.fillRect(Math.min(width - 3, right - 1), 0, 3, HEIGHT_PX);
}
