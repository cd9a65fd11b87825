/** Words of the dialogs that call a number, and play a prompt into a talk. */
export const callToolTexts = {
  callTitle: 'Call a number',
  number: 'Phone number',
  callHint: 'Your phone rings first. When you answer, the number is called.',
  call: 'Call',
  playTitle: (who: string) => `Play a prompt into the call: ${who}`,
  prompt: 'Prompt',
  choose: 'choose',
  side: 'Who hears it',
  play: 'Play',
  noPrompts: 'There are no prompts yet.',
  ringing: (number: string) => `Your phone rings: answer it to call ${number}.`,
  playing: (who: string, prompt: string) => `${who} · playing: ${prompt}`,
  sides: { both: 'both', caller: 'the caller', callee: 'the operator' },
};

export type CallToolTexts = typeof callToolTexts;
