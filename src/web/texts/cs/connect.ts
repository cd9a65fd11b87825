import type { ConnectTexts } from '../en/connect.js';

export const connectTexts: ConnectTexts = {
  title: 'Vlastní Asterisk',
  about: 'Co brána potřebuje od Asterisku na této adrese, jak to vypíše cordboard connect --check. Nic se nemění.',
  address: 'Asterisk',
  folder: 'Složka jeho konfigurace',
  noFolder: 'odsud ji nelze přečíst, proto chybí řádky o souborech. Spusťte cordboard connect na stroji s Asteriskem.',
  again: 'Zkontrolovat znovu',
  looking: 'Kontroluje se Asterisk',
  found: 'Výsledek',
  nothingMissing: 'Nic nechybí',
  missing: (count) => `Chybí: ${count}`,
  states: { ok: 'v pořádku', missing: 'chybí', warning: 'zkontrolujte', unknown: 'nelze zjistit' },
  snippets: 'Úryvky do jeho souborů',
  snippetsAbout:
    'cordboard connect je zapíše do vlastní složky, kterou připojíte pomocí #tryinclude. Chcete-li je přidat ručně, zkopírujte je zde. V řádcích, které začínají ;, nahraďte název v < > heslem ze složky secrets v datové složce a ; odstraňte.',
  into: 'Do souboru',
  orFreepbx: 've FreePBX',
  section: 'sekce',
};
