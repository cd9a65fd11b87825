import type { ConnectTexts } from '../en/connect.js';

export const connectTexts: ConnectTexts = {
  title: 'Vlastní Asterisk',
  about:
    'Co Asterisk na této adrese pro bránu má a co mu chybí. Je to list z příkazu cordboard connect --check; nic se nemění.',
  address: 'Asterisk',
  folder: 'Složka jeho konfigurace',
  noFolder: 'odsud se nedá přečíst, proto chybí řádky o souborech. Spusťte cordboard connect na stroji s Asteriskem.',
  again: 'Podívat se znovu',
  looking: 'Prohlíží se Asterisk',
  found: 'Co je k dispozici',
  nothingMissing: 'Nic nechybí',
  missing: (count) => `Chybí: ${count}`,
  states: { ok: 'je', missing: 'chybí', warning: 'věnujte pozornost', unknown: 'nešlo zjistit' },
  snippets: 'Úryvky do jeho souborů',
  snippetsAbout:
    'cordboard connect je zapíše do vlastní složky, kterou vložíte příkazem include. Kdo je přidává ručně, zkopíruje je zde. Řádky, které začínají ; a končí jménem v < >, potřebují heslo této proměnné, které je ve složce secrets datové složky.',
  into: 'Do',
  orFreepbx: 's FreePBX',
  section: 'sekce',
};
