import { useSignal } from '@preact/signals';
import { h, type ComponentType, type FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { Skeleton } from './skeleton.js';

/** A component whose code is loaded when it is shown. */
export function loadedLater<P extends object>(load: () => Promise<ComponentType<P>>): FunctionComponent<P> {
  return (props) => {
    const loaded = useSignal<{ component: ComponentType<P> } | undefined>(undefined);
    useEffect(() => void load().then((component) => (loaded.value = { component })), []);
    return loaded.value === undefined ? <Skeleton rows={1} /> : h(loaded.value.component, props);
  };
}
