/**
 * The shop's state of calls, from the gateway's webhooks only: pure, without HTTP or clock. Every webhook contains all of its
 * call as it stands, so the newest one of each call is all there is to keep.
 */

/** Finished calls that are remembered, so that a webhook which comes again does not bring one back. */
const MOST_FINISHED = 1000;
/** A handset rings no longer than this at a time. */
const LONGEST_RINGING_MS = 60 * 1000;
/** A call of which nothing was heard for so long is over: its end has never reached us. */
const LONGEST_CALL_MS = 12 * 3600 * 1000;

/** Events that change a call's state; others do not. */
const MOVES = new Set(['call_started', 'queue_joined', 'ringing', 'answered', 'queue_left', 'hangup']);

/** `calls`: newest webhook by call. `finished`: their ids. `lines`: how the lines are set up, by number. */
export function nothingYet() {
  return { calls: {}, finished: [], lines: {} };
}

/** What is known after a webhook. The same object: there was nothing new in it. */
export function take(known, event) {
  const { call_id: id, seq, setup } = event;
  const lines = setup ? { ...known.lines, [setup.line.number]: setup } : known.lines;
  // At least once, says the gateway: what was here before is not news.
  if (known.finished.includes(id) || seq <= (known.calls[id]?.seq ?? 0))
    return setup && !same(setup, known.lines[setup.line.number]) ? { ...known, lines } : known;
  const { [id]: before, ...others } = known.calls;
  if (event.event === 'hangup')
    return { lines, calls: others, finished: [...known.finished, id].slice(-MOST_FINISHED) };
  if (!MOVES.has(event.event))
    return { ...known, lines, calls: before ? { ...known.calls, [id]: { ...before, seq } } : others };
  // Reported from this event on, and needed until the call's end.
  return {
    ...known,
    lines,
    calls: { ...others, [id]: { ...event, handset: event.handset ?? before?.handset ?? null } },
  };
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The panel's view: ringing, waiting (with position) and talking callers, and the known labels. */
export function view(known, now) {
  const calls = Object.values(known.calls).filter(({ timestamp }) => now - Date.parse(timestamp) < LONGEST_CALL_MS);
  const inPhase = (phase) => calls.filter((call) => phaseOf(call, now) === phase);
  const waiting = [...inPhase('waiting'), ...inPhase('ringing').filter(({ queue }) => queue !== null)];
  return {
    ringing: inPhase('ringing').map(shown),
    talking: inPhase('talking').map(shown),
    elsewhere: inPhase('elsewhere').map(shown),
    queues: [...groups(waiting)].map(([id, callers]) => ({
      id,
      name: callers[0].queue.name,
      callers: inLine(callers).map(shown),
    })),
    labels: labelsOf(known, calls),
  };
}

function phaseOf({ event, timestamp, queue, answered_at: answered, result }, now) {
  // No event reports that a handset stopped ringing: the caller continues to wait.
  const stillRings = now - Date.parse(timestamp) < LONGEST_RINGING_MS;
  if (event === 'ringing') return stillRings || queue === null ? 'ringing' : 'waiting';
  if (event === 'queue_joined') return 'waiting';
  if (event === 'answered' || (event === 'queue_left' && result === 'SUCCESS' && answered !== null)) return 'talking';
  return 'elsewhere';
}

/** By queue, in the order of their ids. */
function groups(calls) {
  const found = new Map();
  for (const call of calls) found.set(call.queue.id, [...(found.get(call.queue.id) ?? []), call]);
  return new Map([...found].sort(([a], [b]) => a - b));
}

/** In queue order: by time of joining, and callers with precedence first. */
function inLine(callers) {
  const line = [];
  for (const caller of callers.toSorted((a, b) => Date.parse(a.queue.joined_at) - Date.parse(b.queue.joined_at))) {
    const { position, waiting } = caller.queue;
    line.splice(position < waiting ? position - 1 : line.length, 0, caller);
  }
  return line;
}

function shown({
  call_id: id,
  caller_number: number,
  handset,
  agent,
  queue,
  started_at: since,
  answered_at: answered,
}) {
  return { id, number, handset, agent, since: answered ?? queue?.joined_at ?? since };
}

/** Those that the lines are set up with, and those of calls. */
function labelsOf({ lines }, calls) {
  const setUp = Object.values(lines).flatMap(({ handsets }) => handsets.map(({ label }) => label));
  return [...new Set([...setUp, ...calls.flatMap(({ handset }) => handset ?? [])])].sort();
}
