/** Words of the pages of calls. */
export const callTexts = {
  from: 'From',
  to: 'To',
  direction: 'Direction',
  directions: { incoming: 'incoming', outgoing: 'outgoing' },
  result: 'Result',
  agent: 'Answered by',
  waited: 'Waited',
  talk: 'Talk',
  queue: 'Queue',
  show: 'Show',
  endedBy: 'Ended by',
  /** The outside party of a call that we made. */
  called: 'called party',
  fault: 'an error',
  outcomes: {
    answered: 'answered',
    served: 'handled automatically',
    lost: 'lost (hung up while waiting)',
    unanswered: 'not answered',
    busy: 'busy',
    unreachable: 'unreachable',
    rejected: 'ended by the company',
    refused: 'number not allowed',
    failed: 'ended by an error',
  },
};

export type CallTexts = typeof callTexts;
