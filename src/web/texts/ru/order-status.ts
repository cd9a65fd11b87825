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
    new: 'новый заказ',
    accepted: 'исполнитель принял заказ',
    driver_finishing_current: 'водитель завершает текущий',
    arrived: 'исполнитель прибыл',
    paid_waiting: 'платное ожидание',
    executing: 'выполнение заказа',
    completed_paid: 'выполнен, оплачен',
    client_refused: 'отказ от заказа',
    driver_late: 'исполнитель опаздывает',
    overdue: 'просроченный заказ',
    driver_refused: 'отказ исполнителя от заказа',
    no_driver: 'водитель не найден',
    cancelled_by_driver: 'отменён водителем такси',
    ordered_by_mistake: 'заказано по ошибке',
  },
};
