import { expect, it } from 'vitest';
import { messageReport } from '../../src/calls/message-report.js';

const entry = (kind: string, data: Record<string, unknown> = {}) => ({ at: 1, kind, data });
const [answered, interrupted, played] = [
  entry('dial_answered'),
  entry('prompt', { outcome: 'interrupted' }),
  entry('prompt', { outcome: 'played' }),
];
const outcome = (...timeline: ReturnType<typeof entry>[]) => messageReport(timeline, 'parts/~message').outcome;

it('playbacks after a command that takes the call away are not the message', () => {
  const rejected = entry('commanded', { command: 'reject' });
  expect(outcome(answered, rejected, interrupted, played)).toBe('cut_short');
  expect(outcome(answered, played, rejected, played)).toBe('heard');
});

it('supervisors and injected prompts change nothing', () => {
  for (const command of ['listen', 'play'])
    expect(outcome(answered, entry('commanded', { command }), played)).toBe('heard');
});
