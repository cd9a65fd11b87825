import type { Directive } from '../../../call-plan/hand-over-contract.js';
import { fail, pass, warn, type Check, type Verdict } from '../sheet.js';
import { encrypted } from '../whole.js';
import { heard } from './answer.js';
import { Conversation, type ShopUnderTest } from './conversation.js';

/** The first requests of a call, and the forms that they can take. */
export const requestChecks: readonly Check<ShopUnderTest>[] = [
  {
    id: 'first_request',
    what: 'The first request of a call gets an action',
    run: async (shop) => pass(heard(await new Conversation(shop).ask())),
  },
  {
    id: 'encrypted',
    what: 'The address is encrypted (https)',
    run: ({ peer }) => encrypted(peer),
  },
  {
    id: 'content_type',
    what: 'Answers say that they are JSON, in UTF-8',
    async run({ peer, contract, profile, caller, line, country }) {
      const call = { callId: 'c_verify-type', step: 1, callerNumber: caller, calledNumber: line, country } as const;
      const { contentType, body } = contract.request(
        { ...call, digits: null, hangup: false, bridgeResult: null, fresh: null, echo: {} },
        profile,
      );
      const { headers } = await peer.post({ headers: { 'content-type': contentType }, body });
      const type = String(headers['content-type'] ?? 'none');
      return /^application\/json\b/i.test(type)
        ? pass()
        : warn(`Content-Type: ${type}`, 'send Content-Type: application/json (it is read whatever it says)');
    },
  },
  {
    id: 'withheld_number',
    what: 'A caller who withholds the number is served',
    run: async (shop) => pass(heard(await new Conversation(shop, { callerNumber: '' }).ask())),
  },
  {
    id: 'foreign_number',
    what: 'A caller from abroad (00…) is served',
    run: async (shop) =>
      pass(heard(await new Conversation(shop, { callerNumber: shop.country === 'SK' ? CZECH : SLOVAK }).ask())),
  },
  {
    id: 'extra_fields',
    what: 'Fields that the shop does not know do no harm',
    async run(shop) {
      const plain = await new Conversation(shop).ask();
      const extra = await new Conversation(shop).ask({ later_version: 'ěščřžý', another: 1, yes: true });
      return same(plain, extra, 'read the fields that you know, and leave others alone');
    },
  },
  {
    id: 'own_keys',
    what: 'The keys that the shop wants to be told again are few and plain',
    async run(shop) {
      const conversation = new Conversation(shop);
      const { echo } = await conversation.ask();
      const bytes = Object.entries(echo).reduce((sum, [name, value]) => sum + `${name}${value}`.length, 0);
      const names = Object.keys(echo);
      if (names.length <= 20 && bytes <= 2048) return pass(names.length === 0 ? 'none' : `${names.length}`);
      return fail(
        `${names.length} keys, ${bytes} bytes`,
        'at most 20 keys and 2 KB come back: keep the rest on your side, under call_id',
      );
    },
  },
];

const SLOVAK = '+421903123456';
const CZECH = '+420601123456';

export function same(one: Directive, other: Directive, remedy: string): Verdict {
  const [first, second] = [heard(one), heard(other)];
  return first === second ? pass(first) : fail(`first ${first}, then ${second}`, remedy);
}
