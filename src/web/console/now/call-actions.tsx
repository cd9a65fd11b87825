import type { ShownCall } from '../../../monitor/protocol.js';
import { can } from '../session.js';
import { Menu, type MenuItem } from '../ui/menu.js';
import { openTool } from './call-tools.js';
import { hangUp, maySupervise, moveCaller, supervise } from './call-control.js';
import { callerName } from './names.js';
import { texts } from './texts.js';
import { openTransfer } from './transfer.js';

/** The menu of a call: what the visitor may do with it. @param isLast the caller is the last one of the queue */
export function CallActions({ call, isLast = false }: { call: ShownCall; isLast?: boolean }) {
  const items = [...supervisionItems(call), ...moveItems(call, isLast), ...endingItems(call)];
  return items.length === 0 ? null : <Menu label={texts.actions(callerName(call))} items={items} />;
}

/** Ways to take part in a talk. @param who the name that is shown */
export function supervisionItems({ id, talk, ...call }: ShownCall, who?: string): MenuItem[] {
  if (talk === undefined || !maySupervise) return [];
  const name = who ?? callerName({ id, talk, ...call });
  return [
    { name: texts.listen, icon: 'listen', run: () => void supervise(id, name, 'listen') },
    { name: texts.whisper, icon: 'whisper', run: () => void supervise(id, name, 'whisper') },
    { name: texts.barge, icon: 'people', run: () => void supervise(id, name, 'barge') },
  ];
}

function moveItems(call: ShownCall, isLast: boolean): MenuItem[] {
  const { id, position } = call;
  if (position === undefined || !can('calls:control')) return [];
  const to = (target: number) => void moveCaller(id, callerName(call), position, target);
  const items: MenuItem[] = [];
  if (position > 1) items.push({ name: texts.moveFirst, icon: 'first', run: () => to(1) });
  if (position > 2) items.push({ name: texts.moveUp, icon: 'up', run: () => to(position - 1) });
  if (!isLast) items.push({ name: texts.moveDown, icon: 'down', run: () => to(position + 1) });
  return items;
}

function endingItems(call: ShownCall): MenuItem[] {
  if (!can('calls:control')) return [];
  const items: MenuItem[] = [
    {
      name: call.position === undefined ? texts.transfer : texts.takeOut,
      icon: 'outgoing',
      run: () => openTransfer(call),
    },
  ];
  if (call.talk !== undefined && can('prompts:read'))
    items.push({ name: texts.playPrompt, icon: 'prompts', run: () => openTool({ playInto: call }) });
  if (call.talk !== undefined)
    items.push({ name: texts.hangUp, icon: 'off', run: () => hangUp(call.id, callerName(call)) });
  return items;
}
