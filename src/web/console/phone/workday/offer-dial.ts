import { effect } from '@preact/signals';
import { browserDial } from '../../dialling/browser-phone.js';
import { dialable, dialNumber } from '../dial-form.js';
import { phoneState } from '../own-phone.js';

/** Lets the pages dial on this phone while calls are possible. @returns stops it */
export function offerDial(): () => void {
  const stop = effect(() => {
    const { reach } = phoneState.value;
    const dial = (number: string) => dialNumber(dialable(number));
    browserDial.value = reach === 'ready' || reach === 'registered' ? dial : undefined;
  });
  return () => {
    stop();
    browserDial.value = undefined;
  };
}
