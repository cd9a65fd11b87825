import { mayConfigure } from '../config/may-configure.js';
import { EmptyState } from '../ui/empty-state.js';
import { texts } from './texts.js';

/** Before the set-up there is no company whose settings could be changed. */
export function NoCompany() {
  return (
    <EmptyState icon="settings" title={texts.noCompany}>
      {mayConfigure() && (
        <a class="button" href="/setup">
          {texts.setUp}
        </a>
      )}
    </EmptyState>
  );
}
