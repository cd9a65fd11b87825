import { can } from '../../session.js';
import { choicesOf } from '../speaker.js';
import { isComplete, RETURN, shopAnswerTypes, type ShopAnswer, type ShopAnswerType } from './shop-answers.js';
import type { SimulatedCall, Simulation } from './simulation.js';
import { texts } from './texts.js';

/** What the shop answers to each request that the call has sent; nothing without a request. */
export function ShopAnswers({ simulation, call }: { simulation: Simulation; call: SimulatedCall }) {
  const requests = call.timeline.filter(({ kind }) => kind === 'shop_request').length;
  if (requests === 0) return null;
  return (
    <fieldset class="shop-answers">
      <legend>{texts.shop}</legend>
      {can('config:write') && (
        <label class="check">
          <input
            type="checkbox"
            checked={simulation.isRealShop.value}
            onChange={({ currentTarget }) => {
              simulation.isRealShop.value = currentTarget.checked;
              simulation.repeat();
            }}
          />
          {texts.askRealShop}
        </label>
      )}
      {simulation.isRealShop.value ? (
        <p class="soft">{texts.realHint}</p>
      ) : (
        Array.from({ length: requests }, (_, request) => (
          <AnswerForm
            key={request}
            request={request}
            answer={simulation.shopAnswers.value[request] ?? RETURN}
            onChange={(answer) => simulation.setShopAnswer(request, answer)}
          />
        ))
      )}
    </fieldset>
  );
}

interface AnswerFormProps {
  request: number;
  answer: ShopAnswer;
  onChange: (answer: ShopAnswer) => void;
}

function AnswerForm({ request, answer, onChange }: AnswerFormProps) {
  const [prompts, queues] = [choicesOf('prompt'), choicesOf('queue')];
  const choose = (type: ShopAnswerType) =>
    onChange({
      type,
      prompt: Number(prompts[0]?.value),
      queue: Number(queues[0]?.value),
      json: '{ "action": "hangup" }',
    });
  return (
    <div class="shop-answer">
      <label>
        {texts.answerTo(request + 1)}
        <select value={answer.type} onChange={({ currentTarget }) => choose(currentTarget.value as ShopAnswerType)}>
          {shopAnswerTypes.map((type) => (
            <option key={type} value={type}>
              {texts.shopAnswers[type]}
            </option>
          ))}
        </select>
      </label>
      {(answer.type === 'play' || answer.type === 'menu') && (
        <label>
          {texts.prompt}
          <select
            value={answer.prompt}
            onChange={({ currentTarget }) => onChange({ ...answer, prompt: Number(currentTarget.value) })}
          >
            {prompts.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {answer.type === 'transfer' && (
        <label>
          {texts.queue}
          <select
            value={answer.queue}
            onChange={({ currentTarget }) => onChange({ ...answer, queue: Number(currentTarget.value) })}
          >
            {queues.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {answer.type === 'custom' && (
        <label>
          {texts.json}
          <textarea
            rows={3}
            spellcheck={false}
            aria-invalid={!isComplete(answer)}
            value={answer.json}
            onChange={({ currentTarget }) => onChange({ ...answer, json: currentTarget.value })}
          />
        </label>
      )}
    </div>
  );
}
