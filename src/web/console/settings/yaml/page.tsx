import { useLocation } from 'preact-iso';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { mayConfigure } from '../../config/may-configure.js';
import { problemText } from '../../config/problems.js';
import { formatWhen } from '../../format.js';
import { PageHeader } from '../../shell/page-header.js';
import { useRefresh } from '../../ui/refresh.js';
import { saveFile } from '../../ui/save-file.js';
import { Skeleton } from '../../ui/skeleton.js';
import { showDone, showFailure, showProblem } from '../../ui/toasts.js';
import { WayBack } from '../../ui/way-back.js';
import { newestVersion, YamlDocument } from './document.js';
import { ProblemList } from './problem-list.js';
import { texts } from './texts.js';
import { YamlField } from './yaml-field.js';
import '../../styles/forms.css';
import '../../styles/yaml.css';

/** How long the page waits for more typing before it checks the text. */
const CHECK_AFTER_MS = 800;
const WATCH_EVERY_MS = 15_000;

/** The whole configuration as `cordboard export` writes it: to read, download, change and publish. */
export default function YamlPage() {
  const { route } = useLocation();
  const document = useMemo(() => new YamlDocument(), []);
  const field = useRef<HTMLTextAreaElement>(null);
  const notice = useSignal<string | undefined>(undefined);
  const hasOtherDraft = useSignal(false);
  const isBusy = useSignal(false);
  const { edited, published, problems, isRestored } = document;
  const isChanged = document.isChanged;
  const text = edited.value?.text;
  const load = async () => {
    const failed = await document.load();
    if (failed !== undefined) showFailure(failed);
  };
  useEffect(() => void load(), []);
  useEffect(() => {
    if (text === undefined || !mayConfigure()) return;
    const timer = setTimeout(() => void document.check(), CHECK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  // Others who publish are noticed while somebody types.
  useRefresh(
    async () => {
      const newest = await newestVersion();
      if (!newest.ok || published.value === undefined || newest.data.version === published.value.version) return;
      await load();
      const { author, at } = newest.data;
      notice.value = texts.othersPublished(author ?? texts.gateway, formatWhen(at));
    },
    WATCH_EVERY_MS,
    [],
  );
  const open = async (file: File) => {
    const undo = document.change((await file.text()).replace(/\r\n?/g, '\n'));
    showDone(texts.opened(file.name), undo);
  };
  const review = async () => {
    isBusy.value = true;
    const outcome = await document.review();
    isBusy.value = false;
    hasOtherDraft.value = outcome === 'busy';
    if (outcome === undefined) route('/plans/changes');
    else if (outcome !== 'busy' && outcome.code !== undefined) showProblem(problemText(outcome));
    else if (outcome !== 'busy') showFailure(outcome.status);
  };
  const hasErrors = problems.value?.some(({ severity }) => severity === 'error') === true;
  return (
    <>
      <WayBack to="/settings">{texts.settings}</WayBack>
      <PageHeader title={texts.title}>
        <div class="row">
          <a class="button" href="/plans/history">
            {texts.history}
          </a>
          <button
            type="button"
            disabled={text === undefined}
            onClick={() => saveFile('company.yaml', 'application/yaml', text ?? '')}
          >
            {texts.download}
          </button>
        </div>
      </PageHeader>
      <p class="soft">{texts.hint}</p>
      {text === undefined ? (
        <Skeleton rows={12} />
      ) : (
        <div class="yaml">
          {!mayConfigure() && <p class="note">{texts.readOnly}</p>}
          <div role="status">
            {isRestored.value && <p class="note">{texts.restored}</p>}
            {notice.value !== undefined && (
              <p class="note">
                {notice.value} {isChanged && texts.yoursIsKept}
              </p>
            )}
          </div>
          {hasOtherDraft.value && (
            <p class="note" role="alert">
              {texts.otherDraft} <a href="/plans/changes">{texts.showDraft}</a>
            </p>
          )}
          <YamlField
            field={field}
            text={text}
            readOnly={!mayConfigure()}
            onChange={(typed) => void document.change(typed)}
            onFile={(file) => void open(file)}
          />
          {mayConfigure() && (
            <>
              <div class="save-bar">
                <button
                  type="button"
                  class="primary"
                  disabled={!isChanged || hasErrors || isBusy.value}
                  onClick={() => void review()}
                >
                  {texts.review}
                </button>
                {isChanged && (
                  <>
                    <button type="button" onClick={() => showDone(texts.discarded, document.discard())}>
                      {texts.discard}
                    </button>
                    <span class="soft" role="status">
                      {texts.unsaved}
                    </span>
                  </>
                )}
              </div>
              <ProblemList problems={problems.value} onShow={(problem) => goTo(field.current, problem)} />
            </>
          )}
        </div>
      )}
    </>
  );
}

/** Puts the caret to a place, in sight. */
function goTo(field: HTMLTextAreaElement | null, { line, column }: { line: number; column: number }): void {
  if (field === null) return;
  const before = field.value.split('\n').slice(0, line - 1);
  const at = before.reduce((length, each) => length + each.length + 1, 0) + column - 1;
  field.focus();
  field.setSelectionRange(at, at);
  const lines = field.value.split('\n').length;
  field.scrollTop = (field.scrollHeight / lines) * (line - 1) - field.clientHeight / 2;
}
