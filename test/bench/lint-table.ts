import { runBundled } from './bundled.ts';
import { table } from './table.ts';

/** CPU time in milliseconds; `p95` on the wall clock. */
export interface LintTimes {
  readonly services: number;
  readonly yaml: number;
  readonly resolve: number;
  readonly check: number;
  readonly checkForBoard: number;
  readonly p95: number;
}

export interface PeerTimes {
  readonly services: number;
  readonly dclint: number;
  readonly yamlServer: number;
}

export function lintTimes(services: number, warmUpMs = 3000): Promise<LintTimes> {
  return runBundled('lint-times.ts', [String(services), String(warmUpMs)]);
}

export function peerTimes(services: number): Promise<PeerTimes> {
  return runBundled('peer-times.ts', [String(services)]);
}

/** A ratio to what everybody has to do, because a ratio is the same on a laptop and on a busy machine. */
export function lintTable(times: readonly LintTimes[]): string {
  const rows = times.map(({ services, yaml, resolve, check, checkForBoard, p95 }) => [
    String(services),
    yaml.toFixed(2),
    ...[resolve, check, checkForBoard].map((time) => `${time.toFixed(2)} (${(time / yaml).toFixed(2)})`),
    p95.toFixed(1),
  ]);
  return table(['services', 'yaml parseDocument', 'resolve', 'whole check', 'whole check, board chosen', 'its p95, wall'], rows);
}

export function peerTable(times: readonly LintTimes[], peers: readonly PeerTimes[]): string {
  const rows = peers.map(({ services, dclint, yamlServer }) => {
    const ours = times.find((each) => each.services === services)?.checkForBoard ?? Number.NaN;
    return [
      String(services),
      ours.toFixed(2),
      ...[dclint, yamlServer].map((time) => `${time.toFixed(1)} (${(time / ours).toFixed(0)}×)`),
    ];
  });
  return table(['services', 'Headroom', 'dclint', 'YAML language server, Compose schema'], rows);
}
