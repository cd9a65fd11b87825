import { trunkProblemTexts } from '../../../directory/texts/cs/trunk-problems.js';
import type { AlarmTexts } from '../en/alarms.js';

export const alarmTexts: AlarmTexts = {
  resolved: 'Vyřešeno: {title}',
  since: 'Od: {time}',
  until: 'Do: {time}',
  whatToDo: 'Co dělat: {remedy}',
  page: 'Stránka: {url}',
  testTitle: 'Zkušební zpráva',
  testText: 'Toto je zkouška. Pokud ji čtete, zprávy o poplaších sem docházejí.',
  rules: {
    trunk_down: {
      name: 'Výpadek trunku',
      title: 'Výpadek trunku: {subject}',
      what: 'Hovory od telefonního operátora a k němu nefungují: {problem}.',
      remedy: 'Zkontrolujte připojení k internetu a údaje telefonního operátora. Zeptejte se ho, zda nemá výpadek.',
      problems: trunkProblemTexts,
    },
    queue_unstaffed: {
      name: 'Volající čekají, žádný telefon není přihlášený',
      title: 'Ve frontě {subject} nemá kdo přijmout hovor',
      what: 'Volající čekají, ale žádný telefon fronty není přihlášený a registrovaný. Čekajících: {waiting}.',
      remedy: 'Zapněte telefon některého z operátorů fronty nebo operátora přihlaste. Zkontrolujte síť telefonů.',
    },
    queue_waiting: {
      name: 'Volající čekají příliš dlouho',
      title: 'Volající čekají příliš dlouho ve frontě {subject}',
      what: 'Nejdelší čekání je {minutes} min. Čekajících: {waiting}.',
      remedy: 'Přidejte do fronty operátory nebo ukončete jejich pauzy.',
    },
    shop_failing: {
      name: 'Obchod neodpovídá',
      title: 'Obchod neodpovídá: {subject}',
      what: 'Požadavky hovorů na obchod selhávají, hovory proto pokračují náhradním postupem. Selhání od posledního úspěchu: {failures}. Poslední: {problem}.',
      remedy: 'Zkontrolujte, zda webová aplikace běží a co má v logu o požadavcích brány.',
    },
    deliveries_late: {
      name: 'Události čekají na doručení',
      title: 'Události čekají na doručení: {subject}',
      what: 'Nejstarší událost čeká {minutes} min. Čekajících událostí: {waiting}. Žádná se neztratí: každá se zkouší znovu po celý den.',
      remedy: 'Na stránce webhooků najdete poslední chybu; opravte příjemce.',
    },
    disk_low: {
      name: 'Disk je skoro plný',
      title: 'Disk je skoro plný',
      what: 'Volné místo na disku s daty: {percent} % ({megabytes} MB). Až se zaplní, probíhající hovory doběhnou a nové půjdou náhradní cestou.',
      remedy: 'Uvolněte místo na disku, uchovávejte nahrávky a zálohy kratší dobu nebo použijte větší disk.',
    },
    backup_old: {
      name: 'Záloha selhala nebo je stará',
      title: 'Chybí aktuální záloha',
      what: { failed: 'Poslední záloha selhala: {problem}.', old: 'Poslední dobrá záloha je stará {hours} h.' },
      remedy: 'Na stránce Systém zjistíte proč. Opravte nastavení BACKUP_… a zálohu tam vytvořte.',
    },
    dial_limit: {
      name: 'Limit odchozích hovorů',
      title: {
        all: 'Limit odchozích hovorů: {subject}',
        handset: 'Limit odchozích hovorů za den: telefon {whose}',
        operator: 'Limit odchozích hovorů za den: {whose}',
      },
      what: 'Odchozích hovorů: {used} z {most}. Po dosažení limitu se další hovory odmítnou.',
      remedy:
        'Hledejte hovory, které nikdo nechtěl: ukradené heslo telefonu stojí peníze. Jinak limit v nastavení zvyšte.',
      subjects: { at_once: 'současně', per_day: 'za den' },
    },
    password_guessing: {
      name: 'Hádání hesel',
      title: 'Někdo hádá hesla z adresy {subject}',
      what: 'Chybných hesel za {minutes} min: {attempts}. Další pokusy se zpomalují.',
      remedy:
        'Pokud je adresa vaše, hledejte tam telefon nebo program se starým heslem. Jinak ji zablokujte na stránce Systém a zkontrolujte, že jsou hesla dlouhá.',
    },
    address_banned: {
      name: 'Zablokované adresy',
      title: 'Zablokované adresy, které hádaly hesla ({subject})',
      what: 'Adres zablokovaných za {minutes} min: {addresses}. Brána odmítá vše, co z nich přichází.',
      remedy:
        'Seznam je na stránce Systém. Vlastní adresu odblokujte a opravte heslo, které se z ní posílá. U cizích adres není třeba nic; pokud pokračují, zavřete port ve firewallu.',
      subjects: { http: 'stránky a API', sip: 'SIP', sip_udp: 'SIP přes UDP' },
    },
    certificate: {
      name: 'Certifikát',
      title: 'Certifikát vyžaduje pozornost: {subject}',
      what: {
        expires: 'Jeho platnost brzy skončí. Zbývá dní: {days}.',
        expired: 'Jeho platnost skončila. Dní od té doby: {days}. Prohlížeče a telefony spojení odmítají.',
        unusable: 'Nelze ho použít: {problem}. Předchozí se používá dál, dokud platí.',
      },
      remedy: 'Obnovte certifikát a zkontrolujte, že obnova zapisuje oba soubory do TLS_DIR.',
      subjects: { https: 'stránky a API (HTTPS)', sip: 'telefony (SIP přes TLS)' },
    },
    gateway_degraded: {
      name: 'Kontrola selhává',
      title: 'Kontrola selhává: {subject}',
      what: 'Hlášení brány (anglicky): {problem}.',
      remedy: 'Podívejte se na stránku Systém, kde je postup v češtině. {remedy}',
      subjects: {
        ari: 'řízení hovorů (ARI)',
        ami: 'fronty a telefony (AMI)',
        asterisk: 'verze Asterisku',
        dialplan: 'dialplan',
        handsets: 'telefony',
        queues: 'fronty',
        database: 'databáze',
        recordings: 'nahrávky',
        installation: 'datová složka',
        notifications: 'oznámení',
        bans: 'blokování adres',
      },
    },
    calls_refused: {
      name: 'Odmítnuté hovory',
      title: 'Hovory se odmítají: {subject}',
      what: 'Odmítnutých hovorů za {minutes} min: {calls}.',
      remedy: 'Na stránce Systém jsou volaná čísla; z čísla tam můžete udělat linku.',
      subjects: {
        unknown_line: 'číslo nemá žádná linka',
        line_full: 'linka má tolik hovorů, kolik smí',
        too_many: 'brána má tolik hovorů, kolik smí',
        not_durable: 'do databáze nelze zapisovat',
        unknown_arguments: 'dialplan k bráně nepatří',
      },
    },
  },
};
