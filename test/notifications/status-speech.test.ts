import { describe, expect, test } from 'vitest';
import { orderStatuses } from '../../src/orders/status.js';
import { FIRST_FRAGMENT_ID, fragmentId } from '../../src/prompts/fragments.js';
import { FIRST_SPOKEN_ID } from '../../src/prompts/speech/speech.js';
import { allFragments, createSpeechHarness, FIRST_FREE, names, type SpeechHarness } from './speech-harness.js';

const car = { carMark: 'Škoda', carModel: 'Octavia', carColor: 'white', carPlate: '1AB 2345', minutes: 5 };
const coming = { status: 'accepted', details: {}, language: 'cs', occasion: 'inquiry' } as const;

async function said(
  { composer }: SpeechHarness,
  words: Parameters<SpeechHarness['composer']['compose']>[0],
): Promise<(string | number)[] | string> {
  const composed = await composer.compose(words);
  if ('silent' in composed) return 'silent';
  return 'refused' in composed ? composed.refused : names(composed.prompts);
}

test('an announcement has all known details of the order', async () => {
  const { composer, spoken } = createSpeechHarness();
  const composed = await composer.composeWithText({ ...coming, details: car, occasion: 'notification' });
  expect('pieces' in composed && composed.pieces.map(({ text }) => text).join(' ')).toBe(
    'Dobrý den, voláme kvůli vaší objednávce. Přijíždí pro vás Škoda Octavia barva bílá ' +
      'registrační značka jedna á bé dvacet tři čtyřicet pět přijede za pět minut Děkujeme za vaši důvěru.',
  );
  expect(spoken).toEqual(['cs Octavia']);
});

test.each([
  [{}, ['coming-car']],
  [{ carMark: 'шкода' }, ['coming', 'mark-skoda']],
  [{ carModel: 'Octavia' }, ['coming', FIRST_FREE]],
  [{ carMark: 'Škoda', carModel: 'Octavia' }, ['coming', 'mark-skoda', FIRST_FREE]],
  [{ carColor: 'Белый' }, ['coming-car', 'colour', 'colour-white']],
  [{ carPlate: 'A-1' }, ['coming-car', 'plate', 'letter-a', 'digits/1n']],
  [{ minutes: 2 }, ['coming-car', 'arrives-in', 'number-2f', 'minute-few']],
  [{ minutes: 4.6 }, ['coming-car', 'arrives-in', 'digits/5', 'minute-many']],
  [{ minutes: 0 }, ['coming-car']],
  [{ minutes: -3 }, ['coming-car']],
  [{ minutes: 1000 }, ['coming-car']],
  [{ carMark: '  ', carPlate: '' }, ['coming-car']],
])('a missing detail is left out with its label: %j', async (details, expected) => {
  expect(await said(createSpeechHarness(), { ...coming, details })).toEqual(expected);
});

test('free text that cannot be spoken is left out with its label, and the reason is logged', async () => {
  const mute = createSpeechHarness({ speak: () => Promise.reject(new Error('no engine')) });
  const details = { ...car, carColor: 'mother of pearl', carPlate: 'ЖЮ 1' };
  expect(await said(mute, { ...coming, details })).toEqual([
    'coming',
    'mark-skoda',
    'arrives-in',
    'digits/5',
    'minute-many',
  ]);
  expect(mute.left.sort()).toEqual(['colour', 'model', 'plate'].map((what) => `${what} was left out: no engine`));
});

test('free text is left out when the engine is too slow', async () => {
  const slow = createSpeechHarness({ speak: () => new Promise(() => undefined), speakWithinMs: 20 });
  expect(await said(slow, { ...coming, details: { carModel: 'Octavia' } })).toEqual(['coming-car']);
  expect(slow.left).toEqual(['model was left out: no speech within 20 ms']);
});

describe.each(['cs', 'ru', 'en'])('in %s', (language) => {
  test('every status has an announcement of its own from recordings alone, on both occasions', async () => {
    const heard = new Set<string>();
    for (const occasion of ['notification', 'inquiry'] as const)
      for (const status of [...orderStatuses, null]) {
        const prompts = await said(createSpeechHarness(), { status, details: {}, language, occasion });
        expect(prompts, `${status} ${occasion}`).toBeInstanceOf(Array);
        heard.add(`${occasion} ${String(prompts)}`);
      }
    expect(heard.size).toBe(2 * (orderStatuses.length + 1));
  });
});

test('the phrases of the Russian documentation', async () => {
  const text = async (status: 'new' | 'accepted' | 'arrived') => {
    const composed = await createSpeechHarness().composer.composeWithText({
      ...coming,
      status,
      language: 'ru',
      details: { carMark: 'Toyota' },
    });
    return 'pieces' in composed ? composed.pieces.map((piece) => piece.text).join(' ') : composed;
  };
  expect(await text('new')).toBe('Новый заказ, идёт поиск авто, ожидайте.');
  expect(await text('accepted')).toBe('К вам подъезжает Тойота');
  expect(await text('arrived')).toBe('Вас ожидает Тойота');
});

describe("the company's own templates", () => {
  test('silent statuses, and unknown ones', async () => {
    const quiet = createSpeechHarness({ settings: { silent: ['executing'], unknown: 'silent' } });
    expect(await said(quiet, { ...coming, status: 'executing' })).toBe('silent');
    expect(await said(quiet, { ...coming, status: null })).toBe('silent');
    expect(await said(quiet, { ...coming, status: 'new' })).toEqual(['new']);
    expect(await said(createSpeechHarness(), { ...coming, status: null })).toEqual(['ask-operator']);
    // A template requested by name is always spoken.
    expect(await said(quiet, { ...coming, status: 'executing', template: 'new' })).toEqual(['new']);
  });

  test('prompts replace fragments, and fill in missing ones', async () => {
    const own = createSpeechHarness({
      settings: { fragments: { 'coming-car': 7, 'mark-zaz': 8, 'model-octavia': 9 } },
    });
    expect(await said(own, coming)).toEqual([7]);
    expect(await said(own, { ...coming, details: { carMark: 'ZAZ', carModel: 'Octavia' } })).toEqual(['coming', 8, 9]);
    expect(own.spoken).toEqual([]);
  });

  test('templates by language and occasion, with our defaults for the rest', async () => {
    const templates = {
      accepted: {
        cs: { inquiry: [12, { say: 'minutes', before: ['expect-in'], case: 'nominative' as const }] },
        de: [13],
      },
      win: {
        cs: [{ text: 'Vyhráváte {prize} korun' }, { text: 'Nikdy {missing}' }, { say: 'prize' }, { say: 'name' }],
      },
    };
    const own = createSpeechHarness({ settings: { templates } });
    expect(await said(own, { ...coming, details: { minutes: 1 } })).toEqual([
      12,
      'expect-in',
      'digits/1n',
      'minute-one',
    ]);
    expect(await said(own, { ...coming, occasion: 'notification' })).toEqual(['greeting', 'coming-car', 'closing']);
    expect(await said(own, { ...coming, language: 'de' })).toEqual([13]);
    expect(await said(own, { ...coming, template: 'win', vars: { prize: 21, name: 'Jana' } })).toEqual([
      FIRST_FREE,
      'digits/20',
      'digits/1n',
      FIRST_FREE + 1,
    ]);
    expect(own.spoken).toEqual(['cs Vyhráváte 21 korun', 'cs Jana']);
  });

  test('an announcement that cannot be composed is refused with a reason', async () => {
    expect(await said(createSpeechHarness(), { ...coming, language: 'de' })).toContain(
      'there is no template "accepted" in de',
    );
    expect(await said(createSpeechHarness(), { ...coming, template: 'toString' })).toContain(
      'there is no template "toString"',
    );
    const lost = createSpeechHarness({ settings: { templates: { accepted: { cs: ['nowhere'] } } } });
    expect(await said(lost, coming)).toContain('there is no recording nowhere in cs');
  });
});

test('each recording has its own prompt id, between the ids of the company and those of spoken texts', () => {
  const ids = allFragments.map(({ language, name }) => fragmentId(language, name));
  expect(new Set(ids).size).toBe(ids.length);
  expect(Math.min(...ids)).toBeGreaterThanOrEqual(FIRST_FRAGMENT_ID);
  expect(Math.max(...ids)).toBeLessThan(FIRST_SPOKEN_ID);
  // Calls in progress store these ids: they must never change.
  expect(fragmentId('cs', 'status/new')).toBe(962_095_483);
});
