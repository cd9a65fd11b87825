/** What was promised to the outside, held against what is there at the end. Pure: it is what the crash scenario judges by. */

/** A call as the gateway's history has it. */
export interface StoredCall {
  id: string;
  caller: string;
  over: boolean;
  outcome: string | null;
}

/** A delivery of a webhook as the receiver got it. */
export interface Delivery {
  callId: string;
  event: string;
  eventId: string;
  seq: number;
  body: string;
}

export interface Evidence {
  /** Calls to which the API answered that they are being made. */
  promised: readonly string[];
  /** Numbers of callers who heard the gateway's answer. */
  served: readonly string[];
  stored: readonly StoredCall[];
  deliveries: readonly Delivery[];
  /** Events that the gateway did not deliver on purpose, since a later one of their call overtook them. */
  dropped: readonly Pick<Delivery, 'callId' | 'seq'>[];
  /** Left at the end. */
  runningFlows: number;
  openEffects: number;
  channels: number;
}

/** Each entry is something that was lost, or is left over; none: nothing is. */
export function findLosses(evidence: Evidence): string[] {
  return [...lostCalls(evidence), ...unfinished(evidence), ...wrongDeliveries(evidence)];
}

function lostCalls({ promised, served, stored }: Evidence): string[] {
  const ids = new Set(stored.map(({ id }) => id));
  const callers = new Set(stored.map(({ caller }) => lastDigits(caller)));
  return [
    ...promised.filter((id) => !ids.has(id)).map((id) => `the accepted call ${id} is not in the history`),
    ...served
      .filter((caller) => !callers.has(lastDigits(caller)))
      .map((caller) => `the served call of ${caller} is not in the history`),
  ];
}

function unfinished({ stored, runningFlows, openEffects, channels }: Evidence): string[] {
  const open = stored.filter(({ over, outcome }) => !over || outcome === null);
  const counts = {
    'flows that still run': runningFlows,
    'effects without an outcome': openEffects,
    'channels in Asterisk': channels,
  };
  return [
    ...open.map(({ id }) => `the call ${id} has no end, or no outcome`),
    ...Object.entries(counts).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`])),
  ];
}

function wrongDeliveries({ stored, deliveries, dropped }: Evidence): string[] {
  const byCall = new Map<string, Delivery[]>();
  for (const delivery of deliveries) byCall.set(delivery.callId, [...(byCall.get(delivery.callId) ?? []), delivery]);
  const left = new Map<string, number[]>();
  for (const { callId, seq } of dropped) left.set(callId, [...(left.get(callId) ?? []), seq]);
  return stored.flatMap(({ id }) => {
    const firsts = new Map<string, Delivery>();
    const losses: string[] = [];
    for (const delivery of byCall.get(id) ?? []) {
      const first = firsts.get(delivery.eventId);
      if (first === undefined) firsts.set(delivery.eventId, delivery);
      else if (first.body !== delivery.body)
        losses.push(`call ${id}: event ${delivery.seq} was delivered twice, differently`);
    }
    const came = [...firsts.values()].map(({ seq }) => seq);
    const isInOrder = came.every((seq, index) => seq > (came[index - 1] ?? 0));
    const all = [...came, ...(left.get(id) ?? [])].sort((a, b) => a - b);
    if (!isInOrder || all.some((seq, index) => seq !== index + 1))
      losses.push(`call ${id}: events came as ${came.join(' ')}`);
    const ends = [...firsts.values()].filter(({ event }) => event === 'hangup').length;
    if (ends !== 1) losses.push(`call ${id}: ${ends} events of its end`);
    return losses;
  });
}

/** Numbers are written with and without the country's code. */
export function lastDigits(number: string): string {
  return number.replace(/\D/g, '').slice(-9);
}
