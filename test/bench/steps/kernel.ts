import { setImmediate as turn } from 'node:timers/promises';
import { createAdmission } from '../../../src/calls/admission.js';
import { effectHandlers, type HttpSender } from '../../../src/calls/effect-handlers.js';
import { CallEventRouter } from '../../../src/calls/event-router.js';
import { inspectResources } from '../../../src/calls/inspect.js';
import type { CallFlowEvent } from '../../../src/call-plan/event.js';
import { lineEntry } from '../../../src/calls/line-entry.js';
import type { PlanEffect } from '../../../src/call-plan/call.js';
import { planFlow } from '../../../src/call-plan/plan-flow.js';
import type { Company } from '../../../src/company/company.js';
import { readDocument } from '../../../src/company/document/document.js';
import { telfaHandOver } from '../../../src/integrations/telfa/hand-over.js';
import { flowIdOf } from '../../../src/kernel/ids.js';
import { FlowRuntime } from '../../../src/kernel/runtime.js';
import { createLogger } from '../../../src/lib/logger.js';
import { LiveStateTracker } from '../../../src/live-state/tracker.js';
import { FakeAsterisk } from '../../../src/simulator/fake-asterisk.js';
import {
  dialGate,
  promptSource,
  simulatedOrders,
  noTargets,
  someParties,
} from '../../../src/simulator/simulated-ports.js';
import { VirtualClock } from '../../../src/simulator/virtual-clock.js';
import type { Database } from '../../../src/storage/database.js';
import { SqlFlowStore } from '../../../src/storage/flow-store.js';
import type { Fence } from '../../../src/storage/node-lease/fence.js';
import { LINE, orderStatusCompany } from '../calls/company.js';
import { ASK_PROMPT, STATUS_PROMPTS } from '../calls/tones.js';

const PROMPT_MS = 400;
const ORDER = '1004#';
const KEY_MS = 260;
const START = Date.parse('2026-11-21T10:00:00Z');

/** The sample shop's side of the hand-over, without HTTP. */
const shop: HttpSender = {
  send({ body }) {
    const { received_digits: digits, pokracovani: step } = JSON.parse(body) as Record<string, string>;
    const answer =
      step === '9'
        ? { action: 'return' }
        : digits === undefined
          ? { action: 'menu', recording_id: String(ASK_PROMPT), menu_timeout: '5', max: '10', pokracovani: '0' }
          : { action: 'play', recording_id: String(STATUS_PROMPTS[0]), pokracovani: '9' };
    return Promise.resolve({ status: 200, body: JSON.stringify(answer), latencyMs: 1, attempts: 1 });
  },
};

/** The runtime with the flow of a call plan, the real database, and a fake Asterisk and shop in the same process. */
export class KernelUnderTest {
  readonly #clock = new VirtualClock(START);
  readonly #asterisk: FakeAsterisk;
  readonly #runtime: FlowRuntime<CallFlowEvent, PlanEffect>;
  readonly #router: CallEventRouter;
  #calls = 0;

  constructor(db: Database, fence: Fence) {
    const clock = this.#clock;
    const company = benchCompany();
    const logger = createLogger({ level: 'error' });
    const sounds = new Map<string, number>();
    const asterisk = new FakeAsterisk({ clock, durationOf: (media) => sounds.get(media) });
    this.#asterisk = asterisk;
    const store = new SqlFlowStore(db, undefined, fence);
    const live = new LiveStateTracker({ asterisk, clock, logger });
    const prompts = promptSource(company, () => PROMPT_MS, sounds);
    this.#runtime = new FlowRuntime<CallFlowEvent, PlanEffect>({
      store,
      clock,
      flows: [planFlow(telfaHandOver)],
      handlers: {
        ...effectHandlers({
          asterisk,
          prompts,
          dials: dialGate(company),
          parties: someParties,
          targets: noTargets,
          places: { assign: () => null },
          http: shop,
          clock,
        }),
        order_lookup: simulatedOrders(undefined, clock),
        find_line: lineEntry({ companies: { company }, contract: telfaHandOver, clock }),
      },
      inspect: (watched) => inspectResources(asterisk, watched),
      ping: () => asterisk.ping(),
      onError: (where, error) => logger.error({ err: error, where }, 'error in the runtime'),
      onStep: (id, summary, ended) => live.apply({ type: 'flow', id, summary, ended }),
    });
    this.#router = new CallEventRouter({
      asterisk,
      flows: this.#runtime,
      statusOf: (flowId) => store.statusOf(flowId),
      admit: createAdmission({
        runtime: this.#runtime,
        companies: { company },
        contract: telfaHandOver,
        maxCalls: 1000,
      }),
      legEnded: () => Promise.resolve(),
      legsExist: () => Promise.resolve(),
      onReplaced: () => undefined,
      logger,
    });
  }

  async start(): Promise<void> {
    await this.#runtime.start();
    this.#router.start();
    this.#asterisk.start();
    await this.#settled();
  }

  async stop(): Promise<void> {
    await this.#router.stop();
    await this.#asterisk.stop();
    await this.#runtime.stop();
  }

  /** One order-status call from its arrival to its end. */
  async call(): Promise<void> {
    this.#calls += 1;
    const asterisk = this.#asterisk;
    // What the fake keeps for its tests would grow without end.
    asterisk.requests.length = 0;
    const args = ['incoming', LINE, `sip-${this.#calls}`, '192.0.2.1:5060', 'alaw', 'trunk'];
    const channelId = asterisk.incomingCall({
      from: `+4206010${String(this.#calls).padStart(5, '0')}`,
      to: LINE,
      args,
      channelId: `call-${this.#calls}`,
    });
    await this.#settled();
    for (const key of ORDER) {
      this.#clock.advanceBy(KEY_MS);
      asterisk.press(channelId, key);
      await this.#settled();
    }
    while (this.#runtime.has(flowIdOf(channelId))) {
      const due = this.#clock.nextDueAt();
      if (due === undefined) throw new Error('the call does not go on');
      this.#clock.advanceTo(due);
      await this.#settled();
    }
  }

  async #settled(): Promise<void> {
    await turn();
    await this.#runtime.idle();
  }
}

function benchCompany(): Company {
  const read = readDocument(JSON.stringify(orderStatusCompany('http://127.0.0.1:1/')), 'bench.json');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.document.company;
}
