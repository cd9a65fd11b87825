/* What a page does with the phone in it: shows who calls, and writes down the calls. */

const phone = window.CordboardPhone;
const caller = document.getElementById('caller');
const log = document.getElementById('log');

for (const name of ['ringing', 'calling', 'answered', 'ended'])
  phone.addEventListener(name, ({ detail: { callId, number, why } }) => {
    const entry = document.createElement('li');
    entry.textContent = [name, number ?? 'withheld number', callId, why].filter(Boolean).join(' · ');
    log.append(entry);
    caller.textContent = name === 'ended' ? 'nobody' : (number ?? 'withheld number');
    // The place to open the customer's orders, by the number or by the id of the call.
  });

/** Commands are promises: they reject with `not_possible`, `invalid`, `refused` or `not_connected` as the message. */
function onPress(button, act) {
  button.addEventListener('click', () => act().catch(({ message }) => (caller.textContent = message)));
}

onPress(document.getElementById('answer'), () => phone.answer());
onPress(document.getElementById('hang-up'), () => phone.hangUp());
for (const button of document.querySelectorAll('[data-dial]')) onPress(button, () => phone.dial(button.dataset.dial));
