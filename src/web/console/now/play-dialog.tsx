import { useEffect, useState } from 'preact/hooks';
import type { ShownCall } from '../../../monitor/protocol.js';
import { api } from '../api/client.js';
import { Dialog } from '../ui/dialog.js';
import { RadioField, SelectField } from '../ui/field.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { texts } from './call-tool-texts.js';
import { callerName } from './names.js';

const SIDES = ['both', 'caller', 'callee'] as const;
type Side = (typeof SIDES)[number];

/** Plays a prompt into a talk, for one side or for both. */
export function PlayDialog({ call, onClose }: { call: ShownCall; onClose: () => void }) {
  const [prompts, setPrompts] = useState<{ id: number; name: string }[] | undefined>(undefined);
  const [chosen, setChosen] = useState('');
  const [side, setSide] = useState<Side>('both');
  useEffect(() => {
    void api.get('/api/v1/prompts').then((outcome) => {
      if (outcome.ok) setPrompts(outcome.data.prompts.map(({ id, name }) => ({ id, name })));
      else showFailure(outcome.status);
    });
  }, []);
  const who = callerName(call);
  const play = async () => {
    const prompt = prompts?.find(({ id }) => String(id) === chosen);
    if (prompt === undefined) return;
    const outcome = await api.post('/api/v1/calls/{id}/play', {
      path: { id: call.id },
      body: { prompt: prompt.id, side },
    });
    if (!outcome.ok) {
      showFailure(outcome.status);
      return;
    }
    showDone(texts.playing(who, prompt.name));
    onClose();
  };
  return (
    <Dialog title={texts.playTitle(who)} onClose={onClose}>
      {prompts?.length === 0 ? (
        <p>{texts.noPrompts}</p>
      ) : (
        <form
          class="item"
          onSubmit={(event) => {
            event.preventDefault();
            void play();
          }}
        >
          <SelectField
            label={texts.prompt}
            value={chosen}
            options={[
              { value: '', name: texts.choose },
              ...(prompts ?? []).map(({ id, name }) => ({ value: String(id), name })),
            ]}
            onChange={setChosen}
          />
          <RadioField
            label={texts.side}
            value={side}
            options={SIDES.map((value) => ({ value, name: texts.sides[value] }))}
            onChange={(value) => setSide(value as Side)}
          />
          <div class="row">
            <button class="primary" disabled={chosen === ''}>
              {texts.play}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
