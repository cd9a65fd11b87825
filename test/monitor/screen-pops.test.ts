import { beforeEach, describe, expect, test } from 'vitest';
import { ScreenPops, type PopScreen } from '../../src/monitor/screen-pops.js';
import { emptyState } from '../../src/monitor/present.js';
import type { ShownCall, State } from '../../src/monitor/protocol.js';
import { shownCall } from './monitor-harness.js';

const at = '2026-11-21T10:00:00.000Z';

let state: State;
let on: 'ring' | 'answer' | 'off';
let desk: ScreenPops;

class Screen implements PopScreen {
  readonly got: string[] = [];
  constructor(
    private readonly owner: { id: number; handset: string } | undefined,
    public opensPages = true,
  ) {}
  operator = () => this.owner;
  send = ({ url }: { url: string }) => this.got.push(url);
  come(): this {
    desk.join(this);
    return this;
  }
}

function show(...calls: ShownCall[]): void {
  state = { ...emptyState, calls: Object.fromEntries(calls.map((call) => [call.id, call])) };
  desk.update();
}

const ringing = (id: string, ...handsets: string[]) =>
  shownCall(id, { state: 'waiting', rings: handsets.map((handset) => ({ handset, since: at })) });
const talking = (id: string, handset: string) => shownCall(id, { state: 'talking', talk: { handset, since: at } });
const EVA = { id: 1, handset: 'a1' };
const JAN = { id: 2, handset: 'a2' };

beforeEach(() => {
  state = emptyState;
  on = 'ring';
  desk = new ScreenPops({ state: () => state, trigger: () => on, pageUrl: ({ id }, operator) => `${id}/${operator}` });
});

describe('a page opens', () => {
  test('for whose handset rings, and for nobody else', () => {
    const [eva, jan, nobody] = [new Screen(EVA).come(), new Screen(JAN).come(), new Screen(undefined).come()];
    show(ringing('c_1', 'a1'), ringing('c_2'), shownCall('c_3'));
    expect([eva.got, jan.got, nobody.got]).toEqual([['c_1/1'], [], []]);
    show(ringing('c_1', 'a1', 'a2'));
    expect([eva.got, jan.got]).toEqual([['c_1/1'], ['c_1/2']]);
  });

  test('when it is answered, where that is wanted; or never', () => {
    const [eva, jan] = [new Screen(EVA).come(), new Screen(JAN).come()];
    on = 'answer';
    show(ringing('c_1', 'a1', 'a2'));
    expect(eva.got).toEqual([]);
    show(talking('c_1', 'a1'));
    expect([eva.got, jan.got]).toEqual([['c_1/1'], []]);
    on = 'off';
    show(talking('c_2', 'a1'));
    expect(eva.got).toEqual(['c_1/1']);
  });

  test('not for calls that go out', () => {
    const eva = new Screen(EVA).come();
    show({ ...ringing('c_1', 'a1'), direction: 'outgoing' });
    expect(eva.got).toEqual([]);
  });
});

describe('once for each call and operator', () => {
  test('however often it rings, and on answering', () => {
    const eva = new Screen(EVA).come();
    for (const call of [ringing('c_1', 'a1'), ringing('c_1'), ringing('c_1', 'a1'), talking('c_1', 'a1')]) show(call);
    expect(eva.got).toEqual(['c_1/1']);
    show();
    show(ringing('c_1', 'a1'));
    expect(eva.got).toEqual(['c_1/1', 'c_1/1']);
  });

  test('also after a reconnect: confirmed messages are not repeated, lost ones are', () => {
    const first = new Screen(EVA).come();
    show(ringing('c_1', 'a1'), ringing('c_2', 'a1'));
    desk.confirm(first, 'c_1');
    desk.leave(first);
    const again = new Screen(EVA).come();
    expect([first.got, again.got]).toEqual([['c_1/1', 'c_2/1'], ['c_2/1']]);
  });

  test('not for a call that was missed meanwhile', () => {
    show(ringing('c_1', 'a1'));
    show(ringing('c_1'));
    const eva = new Screen(EVA).come();
    expect(eva.got).toEqual([]);
    show(ringing('c_1', 'a1'));
    expect(eva.got).toEqual(['c_1/1']);
  });

  test('on one screen of several: the newest that opens pages', () => {
    const [old, opens, quiet] = [new Screen(EVA).come(), new Screen(EVA).come(), new Screen(EVA, false).come()];
    show(ringing('c_1', 'a1'));
    expect([old.got, opens.got, quiet.got]).toEqual([[], ['c_1/1'], []]);
    desk.leave(opens);
    expect([old.got, quiet.got]).toEqual([['c_1/1'], []]);
  });

  test('nobody confirms for others', () => {
    const [eva, jan] = [new Screen(EVA).come(), new Screen(JAN).come()];
    show(ringing('c_1', 'a1'));
    desk.confirm(jan, 'c_1');
    desk.confirm(jan, 'c_9');
    desk.leave(eva);
    expect(new Screen(EVA).come().got).toEqual(['c_1/1']);
  });
});
