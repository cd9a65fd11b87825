import { findLine } from '../../directory/caller.js';
import type { LogEntry } from '../../kernel/flow.js';
import type { HandOverContract } from '../../call-plan/hand-over-contract.js';
import { LinePrograms } from '../../call-plan/line-programs.js';
import { planFlow } from '../../call-plan/plan-flow.js';
import type { PlanProgram } from '../../call-plan/program.js';
import type { Company } from '../../company/company.js';
import { comparePastCall, type Comparison } from './compare.js';
import type { Happening } from './replayed-call.js';

/** Past calls as they are stored; parsed by the worker thread that compares them. */
export interface StoredCalls {
  /** Programs as JSON, by hash. */
  programs: Record<string, string>;
  calls: StoredCall[];
}

export interface StoredCall {
  id: string;
  startedAt: number;
  /** Hash. */
  program: string;
  /** `data` is JSON. */
  timeline: { at: number; kind: string; data: string }[];
}

/** A happening with the names of what it names. */
export type NamedHappening =
  | { type: 'prompts'; prompts: { id: number; name: string }[] }
  | { type: 'queue'; queue: number; name: string }
  | { type: 'no_line' }
  | Exclude<Happening, { type: 'prompts' | 'queue' }>;

export type CallComparison = { id: string; startedAt: number } & (
  | Extract<Comparison, { result: 'same' | 'unclear' }>
  | { result: 'different'; key: string | null; was: NamedHappening | null; would: NamedHappening | null }
);

/** Compares past calls with what a company's document would do. */
export function compareStoredCalls(
  { programs, calls }: StoredCalls,
  company: Company,
  contract: HandOverContract,
): CallComparison[] {
  const flow = planFlow(contract);
  const linePrograms = new LinePrograms(contract);
  const parsed = new Map<string, PlanProgram>();
  const programOf = (hash: string) => {
    const program = parsed.get(hash) ?? (JSON.parse(programs[hash] ?? '{}') as PlanProgram);
    parsed.set(hash, program);
    return program;
  };
  const compare = (stored: StoredCall): CallComparison => {
    const { id, startedAt } = stored;
    const about = { id, startedAt };
    const program = programOf(stored.program);
    const timeline = stored.timeline.map((entry): LogEntry => ({
      ...entry,
      data: JSON.parse(entry.data) as Record<string, unknown>,
    }));
    const called = timeline[0]?.data['line'];
    // It was transferred to another line, and has the program of that one.
    if (called !== undefined && called !== program.line.number) return { ...about, result: 'unclear' };
    const line = findLine(company.lines, program.line.number, company.country);
    if (line === undefined) return { ...about, result: 'different', key: null, was: null, would: { type: 'no_line' } };
    const caller = timeline[0]?.data['caller'];
    const next = linePrograms.of(company, line, { caller: typeof caller === 'string' ? caller : '', at: startedAt });
    const compared = comparePastCall({ id, startedAt, program, timeline }, next, flow);
    if (compared.result !== 'different') return { ...about, ...compared };
    return { ...about, ...compared, was: named(compared.was, company), would: named(compared.would, company) };
  };
  return calls.map((stored): CallComparison => {
    try {
      return compare(stored);
    } catch {
      // An erased call has no program any more, and an earlier version may have stored other data: the others are compared all the same.
      return { id: stored.id, startedAt: stored.startedAt, result: 'unclear' };
    }
  });
}

function named(happening: Happening | null, { prompts, queues }: Company): NamedHappening | null {
  switch (happening?.type) {
    case 'prompts':
      return {
        type: 'prompts',
        prompts: happening.prompts.map((id) => ({ id, name: prompts.find((prompt) => prompt.id === id)?.name ?? '' })),
      };
    case 'queue':
      return { ...happening, name: queues.find(({ id }) => id === happening.queue)?.name ?? '' };
    default:
      return happening ?? null;
  }
}
