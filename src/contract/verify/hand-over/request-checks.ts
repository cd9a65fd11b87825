import type { Directive } from '../../../call-plan/hand-over-contract.js';
import { fail, pass, warn, type Check, type Verdict } from '../sheet.js';
import { encrypted } from '../whole.js';
import { MISTYPED_REMEDY, mistypedFields } from '../../unknown-fields.js';
import { hideNumbers } from '../hide.js';
import { heard } from './answer.js';
import { Conversation, type ShopUnderTest } from './conversation.js';

/** The first requests of a call and their variants. */
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
    what: 'Answers are declared as JSON in UTF-8',
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
        : warn(`Content-Type: ${type}`, 'send Content-Type: application/json (the gateway parses it in any case)');
    },
  },
  {
    id: 'withheld_number',
    what: 'A withheld number is accepted',
    run: async (shop) => pass(heard(await new Conversation(shop, { callerNumber: '' }).ask())),
  },
  {
    id: 'foreign_number',
    what: 'A number from abroad (00…) is accepted',
    run: async (shop) =>
      pass(heard(await new Conversation(shop, { callerNumber: shop.country === 'SK' ? CZECH : SLOVAK }).ask())),
  },
  {
    id: 'extra_fields',
    what: 'Unknown fields are ignored',
    async run(shop) {
      const plain = await new Conversation(shop).ask();
      const extra = await new Conversation(shop).ask({ later_version: 'ěščřžý', another: 1, yes: true });
      return same(plain, extra, 'ignore fields that you do not know');
    },
  },
  {
    id: 'own_keys',
    what: 'The keys to be echoed are few and simple',
    async run(shop) {
      const conversation = new Conversation(shop);
      const { echo } = await conversation.ask();
      const bytes = Object.entries(echo).reduce((sum, [name, value]) => sum + `${name}${value}`.length, 0);
      const names = Object.keys(echo);
      if (names.length <= 20 && bytes <= 2048) return pass(names.length === 0 ? 'none' : `${names.length}`);
      return fail(
        `${names.length} keys, ${bytes} bytes`,
        'at most 20 keys and 2 KB are echoed: keep the rest on your side, under call_id',
      );
    },
  },
  {
    id: 'unknown_fields',
    what: 'Unknown fields of answers are keys to be echoed, not mistyped fields',
    async run(shop) {
      const conversation = new Conversation(shop);
      const directive = await conversation.pastPrompts(await conversation.ask());
      if (directive.type === 'menu') await conversation.type(shop.orders[0] ?? shop.unknownOrder);
      const names = [...conversation.unknownFields];
      const mistyped = mistypedFields(names);
      if (mistyped.length > 0) return warn(mistyped.join('; '), MISTYPED_REMEDY);
      return pass(names.length === 0 ? 'none' : hideNumbers(names.join(', ')));
    },
  },
];

const SLOVAK = '+421903123456';
const CZECH = '+420601123456';

export function same(one: Directive, other: Directive, remedy: string): Verdict {
  const [first, second] = [heard(one), heard(other)];
  return first === second ? pass(first) : fail(`first ${first}, then ${second}`, remedy);
}
