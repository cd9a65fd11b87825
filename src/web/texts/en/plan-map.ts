/** The map of the call plans. */
export const planMapTexts = {
  kinds: {
    line: 'Line',
    part: 'Part',
    orders: 'Menus about orders',
    queue: 'Queue',
    handset: 'Handset',
    phone: 'Phone number',
    shop: 'Shop',
    hangUp: 'End',
  },
  orders: 'Menus about orders',
  hangUp: 'Hang up',
  missing: 'does not exist',
  unreached: 'nobody gets here',
  passed: 'passed by the call',
  leadsTo: (to: string, way: string) => (way === '' ? `Leads to ${to}` : `${way}: leads to ${to}`),
  larger: 'Larger',
  smaller: 'Smaller',
  fit: 'Fit',
  asText: 'As text',
  nowhere: 'leads nowhere else',
};

export type PlanMapTexts = typeof planMapTexts;
