import type { CallToolTexts } from '../en/call-tools.js';

export const callToolTexts: CallToolTexts = {
  callTitle: 'Zavolat na číslo',
  number: 'Telefonní číslo',
  callHint: 'Nejdřív zazvoní váš telefon. Po přijetí se číslo vytočí.',
  call: 'Zavolat',
  playTitle: (who) => `Přehrát hlášku do hovoru: ${who}`,
  prompt: 'Hláška',
  choose: 'vyberte',
  side: 'Kdo ji uslyší',
  play: 'Přehrát',
  noPrompts: 'Zatím tu nejsou žádné hlášky.',
  ringing: (number) => `Zvoní váš telefon: přijměte hovor a vytočí se ${number}.`,
  playing: (who, prompt) => `${who} · hraje: ${prompt}`,
  sides: { both: 'oba', caller: 'volající', callee: 'operátor' },
};
