import type { OrderStatusTexts } from '../en/order-status.js';

export const orderStatusTexts: OrderStatusTexts = {
  results: {
    delivered: 'vyslechnuto',
    busy: 'obsazeno',
    no_answer: 'nikdo to nezvedl',
    failed: 'nepovedlo se',
    expired: 'vypršelo',
    superseded: 'nahrazeno novějším',
    window_missed: 'mimo povolenou dobu',
    refused: 'není dovoleno',
    canceled: 'zrušeno',
  },
  statuses: {
    new: 'nová',
    accepted: 'řidič přijal',
    driver_finishing_current: 'řidič dokončuje jinou jízdu',
    arrived: 'vůz je na místě',
    paid_waiting: 'placené čekání',
    executing: 'probíhá',
    completed_paid: 'dokončená, zaplacená',
    client_refused: 'zrušil klient',
    driver_late: 'řidič má zpoždění',
    overdue: 'po termínu',
    driver_refused: 'řidič odmítl',
    no_driver: 'řidič se nenašel',
    cancelled_by_driver: 'zrušil řidič',
    ordered_by_mistake: 'objednáno omylem',
  },
};
