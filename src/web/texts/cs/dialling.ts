import type { DiallingTexts } from '../en/dialling.js';

/** Slova hovorů, které začínají na stránce konzole. */
export const diallingTexts: DiallingTexts = {
  call: (number) => `Zavolat: ${number}`,
  ringing: (number) => `Zvoní vám telefon: přijměte hovor a zavoláme ${number}.`,
  thisNumber: 'toto číslo',
  noHandset: 'Nemáte telefon. Přiřadit vám ho může správce.',
  roleForbids: 'Vaše role odsud volat nemůže.',
  policyForbids: 'Pravidla volání firmy toto číslo nedovolují.',
  badNumber: 'Toto není telefonní číslo.',
  telLinks: 'Otevírat telefonní odkazy zde',
  telLinksHint: 'Prohlížeč pak nabídne tuto konzoli pro odkazy na telefonní čísla (tel:) na všech stránkách.',
  telLinksAsked: 'Prohlížeč se zeptá, zda smí.',
  telLinksImpossible:
    'Tento prohlížeč neotevírá telefonní odkazy na webových stránkách, nebo jen na adresách, které začínají https.',
};
