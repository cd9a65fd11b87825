import { toE164 } from '../../directory/numbers.js';
import { NUMBER_REMEDY } from '../problem.js';
import { lintTwice } from './directory.js';
import type { Report } from './report.js';

/** Rules about announcements and priorities in queues. Prompts: see prompts.ts. */
export function lintWaiting(report: Report): void {
  lintMusic(report);
  const { queues } = report.company;
  const names = report.names.music;
  for (const { id, music: wanted, announce } of queues) {
    if (wanted !== undefined && !names.has(wanted))
      report.error(`queues/${id}/music`, `there is no music "${wanted}"`, report.suggest(wanted, names), {
        unknown_music: wanted,
      });
    if (announce?.position === 'off' && announce.hold_time === 'off' && !announce.thanks)
      report.warn(`queues/${id}/announce`, 'nothing is announced', 'turn something on, or leave announce out', {
        nothing_announced: true,
      });
  }
  lintPriorities(report);
}

function lintMusic(report: Report): void {
  const { music, queues } = report.company;
  const shipped = report.options.knownSounds.get('music') ?? new Set<string>();
  const used = new Set(queues.map((queue) => queue.music));
  lintTwice(
    report,
    'music',
    music.map(({ name }) => name),
  );
  for (const { name, sound, audio } of music) {
    if (sound !== undefined && !shipped.has(sound))
      report.error(
        `music/${name}/sound`,
        `there is no shipped music "${sound}"`,
        report.suggest(sound, shipped) ?? 'see the folder sounds/music',
      );
    const silent = sound === undefined && audio.length === 0;
    if (silent && used.has(name))
      report.error(`music/${name}`, 'there is nothing to hear in it', 'add audio', { no_audio: name });
    if (!used.has(name)) report.warn(`music/${name}`, 'no queue plays it', 'remove it, or name it in a queue');
  }
}

function lintPriorities(report: Report): void {
  const { priority_callers, country } = report.company;
  const seen = new Map<string, number>();
  for (const [index, { numbers }] of priority_callers.entries()) {
    for (const [place, number] of numbers.entries()) {
      const e164 = toE164(number, country);
      const path = ['priority_callers', index, 'numbers', place];
      if (e164 === undefined)
        report.error(path, `"${number}" is not a phone number`, NUMBER_REMEDY, { not_a_number: number });
      else if (seen.has(e164))
        report.warn(path, `${e164} is here twice`, 'the higher priority counts', { duplicate: e164 });
      else seen.set(e164, index);
    }
  }
}
