import { useSignal } from '@preact/signals';
import { Icon } from '../ui/icon.js';
import { deferred } from '../ui/deferred.js';
import type { PlanMapProps } from './map/plan-map.js';
import { texts } from './texts.js';

const PlanMap = deferred(async () => (await import('./map/plan-map.js')).PlanMap, 6);

const OPEN = 'cordboard.plans.map';
/** On smaller screens the map is below the outline, and opened when it is wanted. */
const WIDE = '(min-width: 75rem)';

/** The map of all plans, which a button shows and hides. */
export function MapPanel(props: PlanMapProps) {
  const isOpen = useSignal((localStorage.getItem(OPEN) ?? String(matchMedia(WIDE).matches)) === 'true');
  const toggle = () => {
    isOpen.value = !isOpen.value;
    localStorage.setItem(OPEN, String(isOpen.value));
  };
  return (
    <section class="plan-map card" aria-label={texts.map}>
      <h2>
        <button type="button" class="quiet" aria-expanded={isOpen.value} onClick={toggle}>
          <Icon name="plans" />
          {texts.map}
          <Icon name={isOpen.value ? 'up' : 'down'} />
        </button>
      </h2>
      {isOpen.value && <PlanMap {...props} />}
    </section>
  );
}
