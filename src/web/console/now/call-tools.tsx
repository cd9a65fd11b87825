import { signal } from '@preact/signals';
import type { ShownCall } from '../../../monitor/protocol.js';
import { deferred } from '../ui/deferred.js';

const DialDialog = deferred(async () => (await import('./dial-dialog.js')).DialDialog, 0);
const PlayDialog = deferred(async () => (await import('./play-dialog.js')).PlayDialog, 0);

type Tool = { dialFrom: string } | { playInto: ShownCall };

const chosen = signal<Tool | undefined>(undefined);

/** Opens the dialog that calls a number from a handset, or plays a prompt into a talk. */
export function openTool(tool: Tool): void {
  chosen.value = tool;
}

export function CallToolDialog() {
  const tool = chosen.value;
  const onClose = () => (chosen.value = undefined);
  if (tool === undefined) return null;
  if ('dialFrom' in tool) return <DialDialog handset={tool.dialFrom} onClose={onClose} />;
  return <PlayDialog key={tool.playInto.id} call={tool.playInto} onClose={onClose} />;
}
