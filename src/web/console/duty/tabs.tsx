import { Tabs } from '../ui/tabs.js';
import { texts } from './texts.js';

/** The handsets as they are now, and the history of their logins and pauses. */
export function HandsetTabs({ view }: { view: 'handsets' | 'history' }) {
  return (
    <Tabs
      label={texts.handsets}
      tabs={[
        { view: 'handsets', name: texts.handsets, href: '/handsets' },
        { view: 'history', name: texts.history, href: '/handsets?view=history' },
      ]}
      shown={view}
    />
  );
}
