/** Separates the flow's id from the resource's own part in ids that we give to channels, playbacks and bridges. */
const RESOURCE_MARK = '~';

/** p: playback, l: leg, b: bridge, d: detection of an answering machine, q: visit of a queue, r: recording, s: snoop channel. */
export type ResourceLetter = 'p' | 'l' | 'b' | 'd' | 'q' | 'r' | 's';

export function resourceId(flowId: string, part: string): string {
  return flowId + RESOURCE_MARK + part;
}

/** True for ids that a flow gave; those of callers' channels are Asterisk's. */
export function isOurs(id: string): boolean {
  return id.includes(RESOURCE_MARK);
}

/** The flow that a channel, playback or bridge belongs to: named in the ids that we gave, derived from those that Asterisk gave. */
export function flowIdOf(id: string): string {
  const mark = id.indexOf(RESOURCE_MARK);
  return mark === -1 ? `c_${id}` : id.slice(0, mark);
}
