/**
 * A place where tests kill the process. `CORDBOARD_FAILPOINT=place:detail:nth` (for example `after-send:play:2`) kills
 * this process with SIGKILL the nth time that the place is passed with that detail. Without the variable it costs one
 * comparison.
 */
const spec = process.env['CORDBOARD_FAILPOINT'];
const [wantedPlace, wantedDetail, nth = '1'] = spec?.split(':') ?? [];
let left = Number(nth);

export function failpoint(place: 'before-send' | 'after-send' | 'after-ack' | 'copied', detail: string): void {
  if (spec === undefined || place !== wantedPlace || detail !== wantedDetail) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}
