import type { EmbeddedPhoneTexts } from '../en/embedded-phone.js';

export const embeddedPhoneTexts: EmbeddedPhoneTexts = {
  title: 'Telefon v jiných stránkách',
  hint: 'Operátoři telefonují ve stránkách vašeho e-shopu nebo dispečinku. Stránky se dozvědí, kdo volá.',
  origins: 'Stránky, které smí telefon zobrazit',
  originsHint: 'Protokol a doména stránek, například https://shop.example. Žádná jiná stránka telefon nezobrazí.',
  noOrigins: 'Telefon zatím nesmí zobrazit žádná stránka.',
  changeOrigins: 'Upravit stránky v nastavení',
  token: 'Token vašeho serveru',
  tokenHint: 'Váš server jím otevírá telefon operátora, který je u vás přihlášen. Nikdy nesmí být ve stránce.',
  tokenOnce: 'Token se zobrazí jen teď: zkopírujte si ho.',
  makeToken: 'Vytvořit token',
  replaceToken: 'Vytvořit nový token',
  replaceHint: 'Dosavadní token hned přestane platit a otevřené telefony se zavřou.',
  tag: 'Značka skriptu',
  tagHint: 'Vložte ji do stránky. Adresa v data-token-url je na vašem serveru.',
  request: 'Požadavek vašeho serveru',
  requestHint: 'Místo NAME patří telefon operátora, v těle je stránka: {"origin":"https://shop.example"}.',
};
