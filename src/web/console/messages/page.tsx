import { useLocation } from 'preact-iso';
import { api } from '../api/client.js';
import { PageHeader } from '../shell/page-header.js';
import { showMessageCount } from '../shell/message-count.js';
import { EmptyState } from '../ui/empty-state.js';
import { ListFrame } from '../ui/list-frame.js';
import { useLiveList } from '../ui/live-list.js';
import { Tabs } from '../ui/tabs.js';
import { MessageTable } from './table.js';
import { texts } from './texts.js';
import '../styles/missed.css';

/** What callers said when nobody answered, newest first. */
export default function MessagesPage() {
  const { url } = useLocation();
  const shows = new URL(url, location.origin).searchParams.get('state') === 'done' ? 'done' : 'open';
  const { list, loadOlder, reload } = useLiveList({
    async load(page) {
      const outcome = await api.get('/api/v1/messages', { query: { state: shows, ...page } });
      void showMessageCount();
      if (!outcome.ok) return outcome;
      const { messages: items, next } = outcome.data;
      return { ...outcome, data: { items, next } };
    },
    idOf: ({ id }) => id,
    key: shows,
  });
  return (
    <>
      <PageHeader title={texts.title}>
        <Tabs
          label={texts.title}
          tabs={[
            { view: 'open', name: texts.states.open, href: '/messages' },
            { view: 'done', name: texts.states.done, href: '/messages?state=done' },
          ]}
          shown={shows}
        />
      </PageHeader>
      <ListFrame
        list={list}
        loadOlder={loadOlder}
        rows={5}
        words={{ more: texts.more, shown: texts.shown }}
        empty={<NoMessages shows={shows} />}
      >
        {(messages) => <MessageTable messages={messages} onChange={reload} />}
      </ListFrame>
    </>
  );
}

function NoMessages({ shows }: { shows: 'open' | 'done' }) {
  if (shows === 'done') return <EmptyState icon="check" title={texts.noneDone} />;
  return (
    <EmptyState icon="check" title={texts.none}>
      <p>{texts.noneHint}</p>
    </EmptyState>
  );
}
