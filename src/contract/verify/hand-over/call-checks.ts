import type { Directive } from '../../../call-plan/hand-over-contract.js';
import { Fault, pass, skip, warn, type Check, type Verdict } from '../sheet.js';
import { heard } from './answer.js';
import { Conversation, isEnd, MOST_REQUESTS, type ShopUnderTest } from './conversation.js';
import { same } from './request-checks.js';

const AT_ONCE = 10;
const RESULTS = ['SUCCESS', 'NO_ANSWER', 'USER_BUSY', 'USER_NOT_REGISTERED'];
const COUNTS_ITSELF =
  'keep state between requests only under call_id or in keys of your answer: the same call_id and step is a repeated request';

/** Real calls: abandoned, repeated, concurrent, transferred. */
export const callChecks: readonly Check<ShopUnderTest>[] = [
  {
    id: 'hung_up',
    what: 'The last request (hangup) is accepted at any time',
    async run(shop) {
      for (const typed of [undefined, shop.unknownOrder.slice(0, 1)]) {
        const conversation = new Conversation(shop);
        await conversation.ask();
        const { status } = await conversation.hangUp(typed);
        if (status < 200 || status > 299)
          throw new Fault(
            `it answered with status ${status}${typed === undefined ? '' : ', with digits half typed'}`,
            'answer hangup: true with 200; the body is ignored',
          );
      }
      return pass();
    },
  },
  {
    id: 'repeated',
    what: 'A repeated request gets the same answer',
    async run(shop) {
      const [first, again] = await repeatedFirst(shop);
      if (heard(first) !== heard(again)) return same(first, again, COUNTS_ITSELF);
      if (first.type !== 'menu') return pass(heard(first));
      const conversation = new Conversation(shop);
      await conversation.toQuestion();
      const [answer, repeated] = await conversation.repeat(() => conversation.type(shop.unknownOrder));
      return same(answer, repeated, COUNTS_ITSELF);
    },
  },
  {
    id: 'two_calls',
    what: 'Two calls of the same caller do not disturb each other',
    async run(shop) {
      const [one, two] = [new Conversation(shop), new Conversation(shop)];
      await one.toQuestion();
      await one.type(shop.unknownOrder);
      // A number that the shop has not seen before.
      const callerNumber = shop.caller.replace(/\d{3}$/, '123');
      const alone = await new Conversation(shop, { callerNumber }).toQuestion();
      return same(alone, await two.toQuestion(), COUNTS_ITSELF);
    },
  },
  {
    id: 'side_by_side',
    what: `${AT_ONCE} calls at once are served`,
    async run(shop) {
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: AT_ONCE }, () => new Conversation(shop).ask()));
      return pass(`${Math.round(performance.now() - startedAt)} ms`);
    },
  },
  {
    id: 'transfer_results',
    what: 'After a transfer every result is answered',
    async run(shop) {
      for (const order of [...shop.orders, shop.unknownOrder]) {
        const transfer = await toTransfer(shop, order);
        if (transfer === undefined) continue;
        for (const result of RESULTS) await (await toTransfer(shop, order))?.transferred(result);
        return pass(RESULTS.join(', '));
      }
      return skip('it transferred no call to a group');
    },
  },
  {
    id: 'second_choice',
    what: 'After a failed transfer, and after a wrong choice, the next choice counts',
    async run(shop) {
      for (const choice of [...shop.orders, shop.unknownOrder]) {
        const transfer = await toTransfer(shop, choice);
        if (transfer !== undefined) return (await secondChoice(shop, transfer, choice)) ?? pass();
      }
      return skip('it transferred no call to a group');
    },
  },
  {
    id: 'malformed',
    what: 'A malformed body does no lasting harm',
    async run(shop) {
      const answers: number[] = [];
      for (const body of ['', '{"caller_number":', '[]', '<call/>', '{"received_digits":{"a":[1]}}'])
        answers.push((await shop.peer.post({ headers: { 'content-type': 'application/json' }, body })).status);
      await new Conversation(shop).ask();
      const errors = answers.filter((status) => status >= 500);
      for (const status of errors) forget(shop, status);
      return errors.length === 0
        ? pass(`answered with ${[...new Set(answers)].join(', ')}`)
        : warn(
            `${errors.length} of ${answers.length} answered with ${errors.join(', ')}`,
            'validate the body before using it, and answer 400: anyone can send such a body to your address',
          );
    },
  },
];

async function repeatedFirst(shop: ShopUnderTest): Promise<[Directive, Directive]> {
  const conversation = new Conversation(shop);
  conversation.step = 0;
  return conversation.repeat(() => conversation.ask());
}

/** Chooses again when the shop asks again. @returns undefined when the choice counts */
async function secondChoice(shop: ShopUnderTest, failed: Conversation, choice: string): Promise<Verdict | undefined> {
  const wrong = new Conversation(shop);
  await wrong.toQuestion();
  const asksAgain: [string, Conversation, Directive][] = [
    ['a failed transfer', failed, await failed.transferred('NO_ANSWER')],
    ['a wrong choice', wrong, await wrong.type(choice === shop.unknownOrder ? '' : shop.unknownOrder)],
  ];
  for (const [what, conversation, answer] of asksAgain) {
    if ((await conversation.pastPrompts(answer)).type !== 'menu') continue;
    const next = await conversation.pastPrompts(await conversation.type(choice));
    if (next.type !== 'transfer')
      return warn(
        `the choice that led to a transfer leads to ${heard(next)} after ${what}`,
        'received_digits and bridge_result are only in the request after the menu or the transfer: use those of this request',
      );
  }
  return undefined;
}

/** A call that the shop has just transferred; undefined when it does not transfer. */
async function toTransfer(shop: ShopUnderTest, digits: string): Promise<Conversation | undefined> {
  const conversation = new Conversation(shop);
  let directive = await conversation.ask();
  while (conversation.step < MOST_REQUESTS) {
    if (directive.type === 'transfer') return conversation;
    if (isEnd(directive)) return undefined;
    directive = directive.type === 'menu' ? await conversation.type(digits) : await conversation.ask();
  }
  return undefined;
}

/** The status after a malformed body is judged by its own check. */
function forget({ peer }: ShopUnderTest, status: number): void {
  const count = (peer.serverErrors.get(status) ?? 1) - 1;
  if (count === 0) peer.serverErrors.delete(status);
  else peer.serverErrors.set(status, count);
}
