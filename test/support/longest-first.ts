import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longer than their size suggests, the longest first. */
const LONG = [
  'notifications/thousand.test.ts',
  'webhooks/kill.test.ts',
  'asterisk/crash.test.ts',
  'asterisk/conformance/real.test.ts',
  'asterisk/queues.test.ts',
  'asterisk/expected-wait.test.ts',
  'asterisk/call-control-crash.test.ts',
];

/** These start first: otherwise one worker would run the longest file while the others are idle. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = LONG.findIndex((name) => moduleId.endsWith(`/test/${name}`));
      return place === -1 ? LONG.length : place;
    };
    // Stable: the others keep the usual order.
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other));
  }
}
