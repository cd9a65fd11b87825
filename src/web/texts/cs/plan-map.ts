import type { PlanMapTexts } from '../en/plan-map.js';

export const planMapTexts: PlanMapTexts = {
  kinds: {
    line: 'Linka',
    part: 'Část',
    orders: 'Nabídky k objednávkám',
    queue: 'Fronta',
    handset: 'Telefon',
    phone: 'Telefonní číslo',
    shop: 'E-shop',
    hangUp: 'Konec',
  },
  orders: 'Nabídky k objednávkám',
  hangUp: 'Zavěsit',
  missing: 'neexistuje',
  unreached: 'sem se nikdo nedostane',
  passed: 'hovor tudy prošel',
  leadsTo: (to, way) => (way === '' ? `Vede na: ${to}` : `${way} – vede na: ${to}`),
  larger: 'Zvětšit',
  smaller: 'Zmenšit',
  fit: 'Na šířku',
  asText: 'Jako text',
  nowhere: 'nevede dál',
};
