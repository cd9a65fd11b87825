import type { CallToolTexts } from '../en/call-tools.js';

export const callToolTexts: CallToolTexts = {
  callTitle: 'Позвонить на номер',
  number: 'Номер телефона',
  callHint: 'Сначала зазвонит ваш телефон. Когда вы ответите, номер будет набран.',
  call: 'Позвонить',
  playTitle: (who) => `Воспроизвести подсказку в разговоре: ${who}`,
  prompt: 'Голосовая подсказка',
  choose: 'выберите',
  side: 'Кто её услышит',
  play: 'Воспроизвести',
  noPrompts: 'Подсказок пока нет.',
  ringing: (number) => `Ваш телефон звонит: ответьте, и будет набран ${number}.`,
  playing: (who, prompt) => `${who} · звучит: ${prompt}`,
  sides: { both: 'оба', caller: 'звонящий', callee: 'оператор' },
};
