import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take long for what else than their size, the longest first. */
const LONG = [
  'notifications/thousand.test.ts',
  'webhooks/kill.test.ts',
  'asterisk/crash.test.ts',
  'asterisk/conformance/real.test.ts',
  'asterisk/queues.test.ts',
  'asterisk/expected-wait.test.ts',
  'asterisk/call-control-crash.test.ts',
];

/** Those begin first: the file that ends last would otherwise run while the other workers have nothing left. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((name) => moduleId.endsWith(`/test/${name}`));
      return place === -1 ? LONG.length : place;
    };
    // Stable: the others stay in the usual order.
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other));
  }
}
