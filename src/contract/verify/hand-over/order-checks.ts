import type { Directive } from '../../../call-plan/hand-over-contract.js';
import { fail, pass, skip, warn, type Check } from '../sheet.js';
import { heard } from './answer.js';
import { Conversation, isEnd, MOST_REQUESTS, TO_KEEP_COUNT, type ShopUnderTest } from './conversation.js';

const NO_ORDER = 'no order number was given: --order 1001';

/** Order numbers: known, unknown, missing, unusual. */
export const orderChecks: readonly Check<ShopUnderTest>[] = [
  {
    id: 'question',
    what: 'The shop asks for the order number',
    async run(shop) {
      const { prompt, timeoutMs, max } = await new Conversation(shop).toQuestion();
      const longest = Math.max(0, ...shop.orders.map((order) => order.length));
      return max < longest
        ? fail(`max is ${max}, an order number has ${longest} digits`, `answer with max: ${longest} or more`)
        : pass(`prompt ${prompt}, ${timeoutMs / 1000} s, at most ${max} digits`);
    },
  },
  {
    id: 'known_order',
    what: 'A known order gets another answer than an unknown one',
    async run(shop) {
      if (shop.orders.length === 0) return skip(NO_ORDER);
      const unknown = await answerTo(shop, shop.unknownOrder);
      const answers: string[] = [];
      for (const order of shop.orders) {
        const directive = await answerTo(shop, order);
        if (heard(directive) === heard(unknown))
          return fail(
            `order number ${answers.length + 1} of the given ones gets ${heard(directive)}, like an unknown one`,
            'look the order up by received_digits as text; or give a number that the shop knows',
          );
        answers.push(heard(directive));
      }
      return pass(answers.join(', '));
    },
  },
  {
    id: 'known_order_ends',
    what: 'After the status the call ends or returns to the plan',
    async run(shop) {
      const [order] = shop.orders;
      if (order === undefined) return skip(NO_ORDER);
      const conversation = await asked(shop);
      let directive = await conversation.type(order);
      while (!isEnd(directive)) {
        // A further question is the shop's own menu; nothing more is typed.
        if (directive.type === 'menu') return pass('it asks again');
        if (conversation.step >= MOST_REQUESTS) return endless();
        directive =
          directive.type === 'transfer' ? await conversation.transferred('SUCCESS') : await conversation.ask();
      }
      return pass(heard(directive));
    },
  },
  {
    id: 'unknown_order',
    what: 'After an unknown order the shop asks again',
    async run(shop) {
      const again = await answerTo(shop, shop.unknownOrder);
      if (again.type === 'menu') return pass(heard(again));
      return warn(
        `it answers with ${heard(again)}`,
        'answer an unknown number with a menu whose prompt says so and asks again',
      );
    },
  },
  {
    id: 'unknown_order_ends',
    what: 'A caller who types only unknown numbers is released in the end',
    async run(shop) {
      const conversation = await asked(shop);
      let directive = await conversation.type(shop.unknownOrder);
      while (!isEnd(directive)) {
        if (conversation.step >= MOST_REQUESTS) return endless();
        if (directive.type === 'transfer') directive = await conversation.transferred('NO_ANSWER');
        else if (directive.type === 'menu') directive = await conversation.type(shop.unknownOrder);
        else directive = await conversation.ask();
      }
      return pass(`after ${conversation.step} requests`);
    },
  },
  {
    id: 'nothing_typed',
    what: 'A caller who types nothing is asked again or released',
    run: async (shop) => pass(heard(await answerTo(shop, ''))),
  },
  {
    id: 'leading_zero',
    what: 'Order numbers are text: a zero in front makes another number',
    async run(shop) {
      const [order] = shop.orders;
      if (order === undefined) return skip(NO_ORDER);
      const other = order.startsWith('0') ? order.replace(/^0+/, '') : `0${order}`;
      if (other === '' || shop.orders.includes(other)) return skip('both numbers are orders');
      const [own, changed] = [await answerTo(shop, order), await answerTo(shop, other)];
      return heard(own) === heard(changed)
        ? warn('the answers with and without the zero are the same', 'compare received_digits as text, not as a number')
        : pass();
    },
  },
  {
    id: 'odd_digits',
    what: 'The longest input and * are answered',
    async run(shop) {
      await answerTo(shop, '9'.repeat(64));
      return pass(heard(await answerTo(shop, '*1*')));
    },
  },
];

async function asked(shop: ShopUnderTest): Promise<Conversation> {
  const conversation = new Conversation(shop);
  await conversation.toQuestion();
  return conversation;
}

async function answerTo(shop: ShopUnderTest, digits: string): Promise<Directive> {
  return (await asked(shop)).type(digits);
}

function endless() {
  return fail(
    `no end within ${MOST_REQUESTS} requests`,
    `end with return or hangup: ${TO_KEEP_COUNT}; or set after_play: return in the profile`,
  );
}
