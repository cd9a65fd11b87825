/** Words of the pages of calls. */
export const callTexts = {
  from: 'From',
  to: 'To',
  direction: 'Direction',
  directions: { incoming: 'incoming', outgoing: 'outgoing' },
  result: 'Result',
  agent: 'Who talked',
  waited: 'Waited',
  talk: 'Talk',
  queue: 'Queue',
  show: 'Show',
  endedBy: 'Ended by',
  /** The outside party of a call that we made. */
  called: 'who was called',
  fault: 'a fault',
  outcomes: {
    answered: 'answered',
    served: 'handled by the plan',
    lost: 'lost: hung up while waiting',
    unanswered: 'nobody answered',
    busy: 'busy',
    unreachable: 'out of reach',
    rejected: 'ended by the company',
    refused: 'number not allowed',
    failed: 'broken off by a fault',
  },
};

export type CallTexts = typeof callTexts;
