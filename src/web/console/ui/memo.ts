import { Component, h, type FunctionComponent } from 'preact';

/** A component that is rendered again only when one of its properties has another value. */
export function memo<P extends object>(component: FunctionComponent<P>): FunctionComponent<P & { key?: string }> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const names = Object.keys({ ...this.props, ...next }) as (keyof P)[];
      return names.some((name) => this.props[name] !== next[name]);
    }
    override render() {
      return h(component, this.props);
    }
  }
  return Memo as unknown as FunctionComponent<P & { key?: string }>;
}
