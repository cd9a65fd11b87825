/** The connection to the page around the frame. */

interface Connected {
  /** Empty: the page will send one later. */
  token: string;
  isOn: boolean;
}

/**
 * Accepts one port, from the page itself and only while it has the allowed origin. Other windows can post messages to a frame too; they
 * are ignored. What arrives over the port is from the page.
 */
export function listenToPage(origin: string, onConnected: (port: MessagePort, connected: Connected) => void): void {
  const onMessage = (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    const { data } = event;
    if (event.source !== window.parent || event.origin !== origin || port === undefined) return;
    if (!isRecord(data) || data['cordboard'] !== 'connect' || typeof data['token'] !== 'string') return;
    removeEventListener('message', onMessage);
    onConnected(port, { token: data['token'], isOn: data['isOn'] === true });
  };
  addEventListener('message', onMessage);
  window.parent.postMessage({ cordboard: 'ready' }, origin);
}

export function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null;
}

export function isMessage(data: unknown, type: string): data is Record<string, unknown> {
  return isRecord(data) && data['type'] === type;
}
