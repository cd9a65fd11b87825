import type { FlowChange, FlowStore, StoredFlow } from './store.js';

/** Keeps flows in memory: for the simulator, and for tests. */
export class MemoryFlowStore implements FlowStore {
  readonly flows = new Map<string, Kept>();

  commit(changes: FlowChange[]): Promise<void> {
    for (const change of structuredClone(changes)) this.#store(change);
    return Promise.resolve();
  }

  loadRunning(): Promise<StoredFlow[]> {
    const running = [...this.flows.values()].filter((flow) => !flow.over);
    return Promise.resolve(structuredClone(running.map(({ stored, log }) => ({ ...stored, nextSeq: log.length }))));
  }

  abandon(flowId: string, at: number, why: string): Promise<void> {
    const kept = this.flows.get(flowId);
    if (kept === undefined) return Promise.resolve();
    kept.over = true;
    kept.stored.pending = [];
    kept.log.push({ seq: kept.log.length, at, kind: 'fault', data: { event: 'start', message: why } });
    return Promise.resolve();
  }

  statusOf(flowId: string): Promise<'running' | 'over' | undefined> {
    const flow = this.flows.get(flowId);
    return Promise.resolve(flow && (flow.over ? 'over' : 'running'));
  }

  #store({ flowId, step, log }: FlowChange): void {
    const kept = this.flows.get(flowId) ?? { over: false, log: [], stored: emptyFlow(flowId) };
    this.flows.set(flowId, kept);
    if (step !== undefined) {
      kept.over = step.over;
      Object.assign(kept.stored, {
        kind: step.kind,
        startedAt: step.startedAt,
        programHash: step.program.hash,
        program: step.program.body,
        state: step.state,
        pending: step.pending,
      });
    }
    for (const entry of log) kept.log[entry.seq] = entry;
  }
}

interface Kept {
  over: boolean;
  log: FlowChange['log'];
  stored: StoredFlow;
}

function emptyFlow(id: string): StoredFlow {
  return { id, kind: '', startedAt: 0, programHash: '', program: undefined, state: undefined, nextSeq: 0, pending: [] };
}
