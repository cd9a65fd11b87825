import type { OperatorTexts } from '../en/operator.js';

export const operatorTexts: OperatorTexts = {
  call: 'Zavolat',
  callWho: 'Zavolat na toto číslo?',
  callHow: 'Nejdřív zazvoní váš telefon. Po přijetí se číslo vytočí.',
  callNow: 'Zavolat',
  ringing: 'Váš telefon zvoní. Přijměte hovor a vytočí se toto číslo:',
  noHandset: 'Nemáte přiřazený telefon. Požádejte o něj správce.',
  badNumber: 'Toto není telefonní číslo.',
  refused: 'Na toto číslo není dovoleno volat.',
  notNow: 'Hovor teď nelze uskutečnit. Zkuste to později.',
};
