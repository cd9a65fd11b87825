import type { AccountTexts } from '../en/account.js';

export const accountTexts: AccountTexts = {
  title: 'Váš účet',
  password: 'Heslo',
  changePassword: 'Změnit heslo',
  oldPassword: 'Současné heslo',
  newPassword: 'Nové heslo',
  newPasswordHint: 'Alespoň 10 znaků. Všude se odhlásíte a přihlásíte se novým heslem.',
  noPassword: 'Přihlásili jste se API tokenem, který heslo nemá.',
  token: 'Přístupový token dispečinku',
  tokenHint:
    'S tokenem se na stránce Právě teď otevírá stránka volajícího v systému dispečinku. Token najdete tam ve svém profilu. Ukládá se zašifrovaný a znovu se nezobrazí.',
  otherTokenHint:
    'S tokenem se tomuto uživateli na stránce Právě teď otevírá stránka volajícího v systému dispečinku. Ukládá se zašifrovaný a znovu se nezobrazí.',
  tokenSince: 'Nastaven od',
  tokenNone: 'Není nastaven.',
  tokenSet: 'Nastavit',
  tokenForget: 'Smazat',
  tokenStored: 'Token je nastaven.',
  tokenForgotten: 'Token se maže.',
};
