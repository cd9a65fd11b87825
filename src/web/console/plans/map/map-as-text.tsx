import { hrefOf, type GraphNode, type PassedGraph, type PlanGraph, type Way } from './plan-graph.js';
import { texts } from './texts.js';

interface MapAsTextProps {
  graph: PlanGraph;
  went: PassedGraph;
  onOpen: (href: string, way: Way) => void;
}

/** What the picture shows, as a list: each line and part, and where its steps lead. */
export function MapAsText({ graph: { nodes, edges }, went, onOpen }: MapAsTextProps) {
  const nodeAt = new Map(nodes.map((node) => [node.id, node]));
  const plans = nodes.filter(({ kind, isMissing }) => !isMissing && ['line', 'part', 'orders'].includes(kind));
  return (
    <details class="map-text">
      <summary>{texts.asText}</summary>
      <ul>
        {plans.map((node) => {
          const own = edges.filter(({ from }) => from === node.id);
          return (
            <li key={node.id}>
              <a href={node.href}>{titleOf(node)}</a>
              {!node.isReached && <strong> ({texts.unreached})</strong>}
              {own.length === 0 && <span class="soft"> {texts.nowhere}</span>}
              <ul>
                {own.flatMap(({ to, ways }) =>
                  ways.map((way) => (
                    <li key={`${to} ${way.pointer}`}>
                      <a
                        href={hrefOf(way)}
                        onClick={(event) => {
                          event.preventDefault();
                          onOpen(hrefOf(way), way);
                        }}
                      >
                        {texts.leadsTo(targetOf(nodeAt.get(to)), way.label)}
                      </a>
                      {went.steps.has(way.pointer) && <span class="soft"> – {texts.passed}</span>}
                    </li>
                  )),
                )}
              </ul>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function titleOf({ kind, name }: GraphNode): string {
  return kind === 'orders' ? name : `${texts.kinds[kind]} ${name}`;
}

function targetOf(node: GraphNode | undefined): string {
  if (node === undefined) return '';
  const title = node.kind === 'hangUp' ? node.name : titleOf(node);
  return node.isMissing ? `${title} (${texts.missing})` : title;
}
