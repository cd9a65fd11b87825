import type { OrderStatusTexts } from '../en/order-status.js';

export const orderStatusTexts: OrderStatusTexts = {
  results: {
    delivered: 'прослушано',
    busy: 'занято',
    no_answer: 'не ответили',
    failed: 'не удалось',
    expired: 'срок истёк',
    superseded: 'заменено новым',
    window_missed: 'вне разрешённого времени',
    refused: 'не разрешено',
    canceled: 'отменено',
  },
  statuses: {
    new: 'новый',
    accepted: 'принят водителем',
    driver_finishing_current: 'водитель завершает другой заказ',
    arrived: 'водитель прибыл',
    paid_waiting: 'платное ожидание',
    executing: 'выполняется',
    completed_paid: 'выполнен, оплачен',
    client_refused: 'отменён клиентом',
    driver_late: 'водитель опаздывает',
    overdue: 'просрочен',
    driver_refused: 'водитель отказался',
    no_driver: 'водитель не найден',
    cancelled_by_driver: 'отменён водителем',
    ordered_by_mistake: 'заказан по ошибке',
  },
};
