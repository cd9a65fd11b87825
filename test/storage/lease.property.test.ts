import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  claimReason,
  isProven,
  isQuestion,
  PROOF_MS,
  seen,
  SILENT_MS,
  waitAfterClaim,
  type ClaimReason,
  type LeaseRow,
  type Sight,
} from '../../src/storage/node-lease/lease.js';
import { faultsOfHistory, type Deed } from '../support/lease-history.js';

/**
 * Gateways with clocks of their own, one row, and any order of their moves: a gateway that makes no move for a while sleeps, and every query takes as
 * long as it likes. Writes and effects are a history, which a checker reads.
 */

interface World {
  /** Real time. */
  now: number;
  row: LeaseRow;
  history: Deed[];
}

/** A query of the owner, under way. */
interface Proof {
  askedAt: number;
  isOurs?: boolean;
}

class ModelGateway {
  epoch: number | undefined;
  #sight: Sight | undefined;
  #claim: ClaimReason | undefined;
  #actsAt = 0;
  #provenAt = -Infinity;
  #proof: Proof | undefined;

  constructor(
    private readonly world: World,
    private readonly name: string,
    private readonly clock: { rate: number; offset: number },
  ) {}

  get #now(): number {
    return this.world.now * this.clock.rate + this.clock.offset;
  }

  look(): void {
    if (this.epoch === undefined) this.#sight = seen(this.#sight, { ...this.world.row }, this.#now);
  }

  /** The database carries out the question whether the owner is alive, if the row is still as seen. */
  askOwner(): void {
    const { row } = this.world;
    const seenRow = this.epoch === undefined ? this.#sight?.row : undefined;
    if (seenRow?.epoch === row.epoch && seenRow.beat === row.beat && !isQuestion(row)) row.beat += 1;
  }

  /** The row may have changed since it was seen. */
  claim(): void {
    const { world } = this;
    if (this.epoch !== undefined || this.#sight === undefined) return;
    const reason = claimReason(this.#sight, this.name, this.#now);
    const { epoch, beat } = this.#sight.row;
    if (reason === undefined || world.row.epoch !== epoch || world.row.beat !== beat) return;
    world.row = { ...world.row, owner: this.name, epoch: epoch + 1, beat: beat + 1 };
    this.epoch = epoch + 1;
    this.#claim = reason;
  }

  /** The answer to the claim arrives. */
  claimed(): void {
    if (this.#claim === undefined) return;
    this.#actsAt = this.#now + waitAfterClaim(this.#claim);
    this.#claim = undefined;
  }

  ask(): void {
    if (this.epoch !== undefined) this.#proof = { askedAt: this.#now };
  }

  /** The database carries out the query, and the answer to a question. */
  renewed(): void {
    if (this.read() === true && isQuestion(this.world.row)) this.world.row.beat += 1;
  }

  /** The database carries out the query, which only reads: the row does not change. */
  read(): boolean | undefined {
    if (this.#proof === undefined || this.#proof.isOurs !== undefined) return undefined;
    return (this.#proof.isOurs = this.world.row.epoch === this.epoch);
  }

  learn(): void {
    const { isOurs, askedAt = 0 } = this.#proof ?? {};
    if (isOurs === undefined) return;
    this.#proof = undefined;
    if (!isOurs) this.#lose();
    else if (this.#claim === undefined && this.#now >= this.#actsAt) this.#provenAt = askedAt;
  }

  act(): void {
    if (this.epoch !== undefined && isProven(this.#provenAt, this.#now))
      this.world.history.push({ what: 'effect', epoch: this.epoch });
  }

  write(): void {
    if (this.epoch === undefined) return;
    if (this.world.row.epoch === this.epoch) this.world.history.push({ what: 'write', epoch: this.epoch });
    else this.#lose();
  }

  release(): void {
    const { row } = this.world;
    if (row.epoch === this.epoch) this.world.row = { ...row, owner: null, epoch: row.epoch, beat: row.beat + 1 };
    this.#lose();
  }

  /** The process dies and starts again. */
  restart(): void {
    this.#lose();
  }

  #lose(): void {
    this.epoch = undefined;
    this.#sight = undefined;
    this.#claim = undefined;
    this.#proof = undefined;
    this.#provenAt = -Infinity;
  }
}

const COUNT = 3;

/** The steps of a process in its usual order; it may sleep between any two. */
const STEPS = {
  usual: ['look', 'claim', 'askOwner', 'claimed', 'act', 'write', 'ask', 'act', 'renewed', 'learn', 'act'],
  /** The database can be read and not written: the owner proves its epoch, and others see it silent. */
  readsOnly: ['act', 'ask', 'act', 'read', 'act', 'learn', 'act'],
  asleep: [],
  releases: ['release'],
  restarts: ['restart'],
} as const;
type Mode = keyof typeof STEPS;

const gateways = fc.array(fc.record({ rate: fc.double({ min: 0.95, max: 1.05, noNaN: true }), offset: fc.nat(1e9) }), {
  minLength: COUNT,
  maxLength: COUNT,
});
/** For some time each gateway does one thing, at a pace of its own. */
const phase = fc.record({
  modes: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<Mode>('usual') },
      { weight: 4, arbitrary: fc.constantFrom<Mode>('readsOnly', 'asleep') },
      { weight: 1, arbitrary: fc.constantFrom<Mode>('releases', 'restarts') },
    ),
    { minLength: COUNT, maxLength: COUNT },
  ),
  paces: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: COUNT, maxLength: COUNT }),
  forMs: fc.oneof(fc.nat(PROOF_MS), fc.integer({ min: PROOF_MS, max: 2 * SILENT_MS })),
  stepMs: fc.integer({ min: 5, max: 60 }),
});
const phases = fc.array(phase, { minLength: 2, maxLength: 12 });
type Phase = typeof phase extends fc.Arbitrary<infer P> ? P : never;

function start(clocks: { rate: number; offset: number }[]) {
  const world: World = { now: 0, row: { node: 'main', owner: null, epoch: 0, beat: 0 }, history: [] };
  return { world, all: clocks.map((clock, n) => new ModelGateway(world, `g${n}`, clock)) };
}

function run(world: World, all: ModelGateway[], { modes, paces, forMs, stepMs }: Phase): void {
  const until = world.now + forMs;
  for (let tick = 0; world.now < until; tick += 1, world.now += stepMs)
    for (const [n, gateway] of all.entries()) {
      const steps = STEPS[modes[n] ?? 'usual'];
      const step = steps[Math.floor(tick / (paces[n] ?? 1)) % steps.length];
      if (step !== undefined && tick % (paces[n] ?? 1) === 0) gateway[step]();
    }
}

/** Everything works. */
function live(world: World, all: ModelGateway[], forMs: number): void {
  run(world, all, { modes: [], paces: [], forMs, stepMs: 10 });
}

describe('the lease of a node', () => {
  it('never lets a former owner write or act after its successor did, whatever sleeps and whatever the clocks show', () => {
    let effects = 0;
    let takeovers = 0;
    fc.assert(
      fc.property(gateways, phases, (clocks, script) => {
        const { world, all } = start(clocks);
        for (const each of script) run(world, all, each);
        effects += world.history.filter(({ what }) => what === 'effect').length;
        takeovers += Math.max(0, world.row.epoch - 1);
        expect(faultsOfHistory(world.history)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
    // It has tried something.
    expect(effects).toBeGreaterThan(1000);
    expect(takeovers).toBeGreaterThan(200);
  });

  it('finds an owner again after anything, and keeps it', () => {
    fc.assert(
      fc.property(gateways, phases, (clocks, script) => {
        const { world, all } = start(clocks);
        for (const each of script) run(world, all, each);
        live(world, all, 2 * SILENT_MS);
        const { epoch } = world.row;
        const before = world.history.length;
        live(world, all, 10 * SILENT_MS);
        expect(world.row.epoch).toBe(epoch);
        expect(world.history.length).toBeGreaterThan(before);
        expect(world.history.slice(before).every((deed) => deed.epoch === epoch)).toBe(true);
        expect(faultsOfHistory(world.history)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('is taken over within four seconds after the owner died', () => {
    fc.assert(
      fc.property(gateways, (clocks) => {
        const { world, all } = start(clocks);
        live(world, all, SILENT_MS);
        const owner = all.find(({ epoch }) => epoch !== undefined);
        const others = all.filter((each) => each !== owner);
        const before = world.history.length;
        live(world, others, 4000);
        const [first] = world.history.slice(before).filter(({ what }) => what === 'effect');
        expect(first?.epoch).toBe(2);
      }),
    );
  });
});

it('the checker finds an owner that acts after its successor', () => {
  const history: Deed[] = [
    { what: 'write', epoch: 1 },
    { what: 'write', epoch: 2 },
    // It may not know yet; the successor waits for it.
    { what: 'effect', epoch: 1 },
    { what: 'effect', epoch: 2 },
    { what: 'effect', epoch: 1 },
    { what: 'write', epoch: 1 },
  ];
  expect(faultsOfHistory(history)).toEqual([
    'effect 4 of epoch 1 after an effect of epoch 2',
    'write 5 of epoch 1 after a write of epoch 2',
  ]);
});
