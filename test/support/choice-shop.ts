import { json, say, type ShopBehaviour } from './shop.js';

export interface ChoicePrompts {
  choose: number;
  tooShort: number;
  chooseAgain: number;
}

/**
 * Lets callers choose by two digits and transfers them. It stores only a key of its own, and checks the transfer's result
 * first and the digits second: it works only if both are in the same following request.
 */
export function choiceShop({ choose, tooShort, chooseAgain }: ChoicePrompts): ShopBehaviour {
  return ({ fields }) => {
    const result = fields['bridge_result'];
    if (result === 'SUCCESS' || result === 'USER_NOT_REGISTERED' || fields['hangup'] === true) return say.hangUp();
    if (result !== undefined) return say.menu(chooseAgain, { max: 2 });
    const digits = fields['received_digits'];
    if (typeof digits === 'string' && digits !== '') return digits.length < 2 ? say.play(tooShort) : transfer();
    return fields['krok'] === '9' ? say.menu(choose, { max: 2 }) : say.answer({ krok: '9' });
  };
}

const transfer = () => json({ action: 'transfer_to_group', call_group_id: '1', group_continue_busy: 'true' });
