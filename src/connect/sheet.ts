/** One row of what an Asterisk has and lacks. */
export interface Finding {
  /** Such as `dialplan`. */
  topic: string;
  /** `missing`: calls or a function do not work. `warning`: they may not. `unknown`: it could not be looked at. */
  state: 'ok' | 'missing' | 'warning' | 'unknown';
  /** What was found, and what follows from it. */
  text: string;
  remedy?: string | undefined;
}

export function finding(topic: string, state: Finding['state'], text: string, remedy?: string): Finding {
  return { topic, state, text, remedy };
}

/** The rows as text, each remedy below its row. */
export function sheetText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ topic }) => topic.length));
  const rows = findings.map(({ topic, state, text, remedy }) => {
    const row = `${state.padEnd('missing'.length)}  ${topic.padEnd(width)}  ${text}`;
    return remedy === undefined || state === 'ok' ? row : `${row}\n    -> ${remedy}`;
  });
  return `${rows.join('\n')}\n`;
}
