/** Words of the operator's day beside the phone: wrap-up, waiting callers, last numbers. */
export const workdayTexts = {
  wrapUp: 'Wrap-up',
  readyNow: 'Ready now',
  moreTime: 'More time',
  noMoreTime: 'The wrap-up is over, or cannot be longer.',
  longestWait: 'longest',
  lastNumbers: 'Last calls',
  noNumbers: 'No calls at this phone yet.',
  somebody: 'Number not shown',
  missed: 'missed',
};

export type WorkdayTexts = typeof workdayTexts;
